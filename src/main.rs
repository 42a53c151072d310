//! Puts the page into the document. Everything that can be tested is in the library.

/// Half the size of the allocator of the standard library.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    cafta_calculator::mount();
}
