//! In which languages a query is looked up.

/// The languages in which to look for `query`, the most likely first: that of its script, that of the interface, English for what is
/// written in Latin letters, and the nearest relative of the interface's. `offered` are those that have labels.
#[must_use]
pub fn searched<'a>(interface: &'a str, query: &str, offered: &[&str]) -> Vec<&'a str> {
    let by_script = query.chars().find_map(language_of);
    let is_latin = query.chars().any(|character| character.is_ascii_alphabetic());
    // Malay and Indonesian share most names of goods.
    let relative = (interface == "ms").then_some("id");
    let wanted = by_script
        .into_iter()
        .chain([interface])
        .chain(is_latin.then_some("en"))
        .chain(relative);
    let mut languages = Vec::new();
    for language in wanted.filter(|language| offered.contains(language)) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}

/// The language of ours that alone is written with a character.
fn language_of(character: char) -> Option<&'static str> {
    match character {
        '\u{3400}'..='\u{9fff}' => Some("zh"),
        '\u{0e00}'..='\u{0e7f}' => Some("th"),
        'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'ạ'..='ỹ' | 'Ạ'..='Ỹ' => Some("vi"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_a_query_tells_its_language() {
        let offered = ["en", "zh", "vi", "th"];
        assert_eq!(searched("en", "durian", &offered), ["en"]);
        assert_eq!(searched("en", "榴莲", &offered), ["zh", "en"]);
        assert_eq!(searched("zh", "durian", &offered), ["zh", "en"]);
        assert_eq!(searched("zh", "榴莲", &offered), ["zh"]);
        assert_eq!(searched("en", "sầu riêng", &offered), ["vi", "en"]);
        assert_eq!(searched("zh", "ทุเรียน", &offered), ["th", "zh"]);
        assert_eq!(searched("en", "ทุเรียน", &["en", "zh"]), ["en"]);
        assert_eq!(searched("ms", "getah", &["en", "id"]), ["en", "id"]);
    }
}
