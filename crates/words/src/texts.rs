//! The words of the interface, by key. The keys are functions generated from `locales/en.toml` by the build script.

/// The messages of one language. Cheap to copy: a language, once loaded, stays loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    messages: &'static [String],
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

impl Texts {
    /// From a file of messages; kept as long as the page is open, once for each language.
    #[must_use]
    pub fn new(messages: Vec<String>) -> Self {
        Self {
            messages: Box::leak(messages.into_boxed_slice()),
        }
    }

    #[inline(never)]
    fn get(self, position: usize) -> &'static str {
        self.messages.get(position).map_or("", String::as_str)
    }

    #[inline(never)]
    fn fill(self, position: usize, arguments: &[&str]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(position);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (number, behind) = after.split_once('}').unwrap_or((after, ""));
            let argument = number.parse().ok().and_then(|number: usize| arguments.get(number));
            filled.push_str(argument.copied().unwrap_or_default());
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_take_the_place_of_their_numbers() {
        let texts = Texts::new(vec!["{0} and {1}, {0}".to_owned(), "plain".to_owned()]);
        assert_eq!(texts.fill(0, &["{1}", "2"]), "{1} and 2, {1}");
        assert_eq!(texts.fill(1, &["1"]), "plain");
        assert_eq!(texts.get(7), "");
    }
}
