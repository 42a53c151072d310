//! Which language the interface speaks.

/// The first of `wanted` that `offered` has, by its primary part ("zh-Hant-TW" is content with "zh"); English if none.
#[must_use]
pub fn negotiate<'a>(wanted: impl IntoIterator<Item = &'a str>, offered: &'static [&'static str]) -> &'static str {
    wanted
        .into_iter()
        .find_map(|tag| {
            let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
            offered.iter().copied().find(|language| *language == primary)
        })
        .unwrap_or("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_spoken() {
        let wanted = |tags: &[&str]| negotiate(tags.iter().copied(), &["en", "zh"]);
        assert_eq!(wanted(&["zh-Hans-CN", "en"]), "zh");
        assert_eq!(wanted(&["km", "ZH_TW"]), "zh");
        assert_eq!(wanted(&["", "km"]), "en");
    }
}
