//! Shortens the names by which a program and the JavaScript around it know each other. wasm-bindgen makes them unique with a hash for
//! each, which nothing compresses: 3 kB of the page. wasm-opt could shorten them in the program, but does not know the JavaScript.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};

const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
/// Shorter ones, such as `memory`, are not worth it and could mean something else in the JavaScript.
const LONG: usize = 8;

/// A program and its JavaScript, with short names in both.
pub(crate) fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names {
        glue,
        short: HashMap::new(),
        module: None,
    };
    let mut rest = Bytes(wasm);
    let mut shortened = rest.take(8).context("not a program")?.to_vec();
    while let Some(id) = rest.byte() {
        let length = rest.number().context("a section without a length")?;
        let content = rest.take(length).context("a section that is cut off")?;
        let content = match id {
            IMPORTS => names.imports(content).context("imports that cannot be understood")?,
            EXPORTS => names.exports(content).context("exports that cannot be understood")?,
            _ => content.to_vec(),
        };
        shortened.push(id);
        write_number(&mut shortened, content.len());
        shortened.extend(content);
    }
    Ok((shortened, names.in_glue()?))
}

/// The names so far.
struct Names<'a> {
    glue: &'a str,
    short: HashMap<String, String>,
    /// Where the imports come from: one place, and only the JavaScript cares what it is called.
    module: Option<String>,
}

impl Names<'_> {
    fn imports(&mut self, section: &[u8]) -> Option<Vec<u8>> {
        let mut rest = Bytes(section);
        let count = rest.number()?;
        let mut written = Vec::new();
        write_number(&mut written, count);
        for _ in 0..count {
            let module = rest.text()?;
            write_text(&mut written, "$");
            self.module.get_or_insert_with(|| module.to_owned());
            let name = self.short(rest.text()?);
            write_text(&mut written, &name);
            written.extend(rest.taken_by(Bytes::import_type)?);
        }
        rest.0.is_empty().then_some(written)
    }

    fn exports(&mut self, section: &[u8]) -> Option<Vec<u8>> {
        let mut rest = Bytes(section);
        let count = rest.number()?;
        let mut written = Vec::new();
        write_number(&mut written, count);
        for _ in 0..count {
            let name = self.short(rest.text()?);
            write_text(&mut written, &name);
            written.extend(rest.taken_by(|rest| {
                rest.byte()?;
                rest.number()
            })?);
        }
        rest.0.is_empty().then_some(written)
    }

    /// `$a`, `$b`, … `$aa`: letters that stand nowhere in the JavaScript yet.
    fn short(&mut self, name: &str) -> String {
        if name.len() < LONG {
            return name.to_owned();
        }
        let mut number = self.short.len();
        let glue = self.glue;
        let short = self.short.entry(name.to_owned()).or_insert_with(|| {
            let mut short = "$".to_owned();
            loop {
                short.extend(char::from_digit(u32::try_from(10 + number % 26).unwrap_or(10), 36));
                number /= 26;
                if number == 0 && !glue.contains(&short) {
                    return short;
                }
            }
        });
        short.clone()
    }

    /// The JavaScript with the short names: whole words only.
    fn in_glue(self) -> Result<String> {
        let module = self.module.context("a program that imports nothing")?;
        let quoted = ["\"", "'", "`"].map(|quote| format!("{quote}{module}{quote}"));
        ensure!(
            quoted.iter().any(|quoted| self.glue.contains(quoted)),
            "the JavaScript does not name {module:?}"
        );
        let glue = quoted
            .iter()
            .fold(self.glue.to_owned(), |glue, quoted| glue.replace(quoted, "\"$\""));

        let is_in_word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
        let mut text = String::with_capacity(glue.len());
        let mut rest = glue.as_str();
        while let Some(start) = rest.find(is_in_word) {
            let (before, from) = rest.split_at(start);
            let (word, behind) = from.split_at(from.find(|character| !is_in_word(character)).unwrap_or(from.len()));
            text.push_str(before);
            text.push_str(self.short.get(word).map_or(word, String::as_str));
            rest = behind;
        }
        text.push_str(rest);
        if let Some((name, _)) = self
            .short
            .iter()
            .find(|(name, _)| name.starts_with("__wbg_") && !glue.contains(name.as_str()))
        {
            bail!("the JavaScript does not give the import {name:?}");
        }
        Ok(text)
    }
}

/// As much of the binary format as these sections need.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..).step_by(7).take(10) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// The bytes that `read` goes over.
    fn taken_by<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<&'a [u8]> {
        let before = self.0;
        read(self)?;
        before.get(..before.len() - self.0.len())
    }

    /// What is imported: a function, a table, a memory, a global or a tag.
    fn import_type(&mut self) -> Option<()> {
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.limits()?;
            }
            2 => self.limits()?,
            3 | 4 => {
                self.byte()?;
                self.number()?;
            }
            _ => return None,
        }
        Some(())
    }

    fn limits(&mut self) -> Option<()> {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Some(())
    }
}

fn write_number(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_number(bytes, text.len());
    bytes.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that imports a function and a memory and exports a function; between them a section that stays.
    fn program(module: &str, [function, memory, export]: [&str; 3]) -> Vec<u8> {
        let mut imports = vec![2];
        for (name, kind) in [(function, &[0, 3][..]), (memory, &[2, 1, 1, 2][..])] {
            write_text(&mut imports, module);
            write_text(&mut imports, name);
            imports.extend(kind);
        }
        let mut exports = vec![1];
        write_text(&mut exports, export);
        exports.extend([0, 0]);
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        for (id, content) in [(IMPORTS, imports), (3, vec![1, 0]), (EXPORTS, exports)] {
            wasm.push(id);
            write_number(&mut wasm, content.len());
            wasm.extend(content);
        }
        wasm
    }

    #[test]
    fn both_sides_have_the_same_short_names() {
        let long = program("./page_bg.js", ["__wbg_open_0123456789abcdef", "memory", "__wbindgen_malloc"]);
        let glue =
            r#"let i={"./page_bg.js":{__wbg_open_0123456789abcdef:()=>{},memory:m}};w.__wbindgen_malloc(1);x.__wbindgen_malloc_more"#;
        let (wasm, glue) = shorten(&long, glue).unwrap();
        assert_eq!(wasm, program("$", ["$a", "memory", "$b"]));
        assert_eq!(glue, r#"let i={"$":{$a:()=>{},memory:m}};w.$b(1);x.__wbindgen_malloc_more"#);
    }

    #[test]
    fn names_that_are_taken_are_left_alone() {
        let long = program("./m.js", ["__wbg_open_0123456789abcdef", "memory", "exported"]);
        let (_, glue) = shorten(&long, "'./m.js' __wbg_open_0123456789abcdef $a").unwrap();
        assert_eq!(glue, "\"$\" $aa $a");
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let long = program("./m.js", ["__wbg_open_0123456789abcdef", "memory", "exported"]);
        assert!(shorten(&long, "'./m.js'").is_err(), "an import that nobody gives");
        assert!(shorten(&long, "__wbg_open_0123456789abcdef").is_err(), "another module");
        assert!(
            shorten(&long[..long.len() - 1], "'./m.js' __wbg_open_0123456789abcdef").is_err(),
            "cut off"
        );
        assert!(shorten(b"", "").is_err());
    }
}
