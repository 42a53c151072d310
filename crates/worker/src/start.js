// The end of a worker's script: what wasm-bindgen writes comes before it, and the build puts in the name of the program.
wasm_bindgen({ module_or_path: "PROGRAM" }).catch(() => postMessage("failed"));
