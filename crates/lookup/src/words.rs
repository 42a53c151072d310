//! How a text falls into words, and which words count as the same. Not a grammar: light rules for English, marks of Vietnamese taken off,
//! characters for scripts that write no blanks.

use std::ops::Range;

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word between blanks, in small letters.
    Word(&'a str),
    /// A character of a script without blanks; in Thai a consonant with the vowels and tones written around it.
    Character(&'a str),
    /// A comma: what follows is a new phrase. A bracket is none: "meat grinder (industrial)" is one name.
    Break,
}

/// Calls `take` for each piece of `text` with where it stands, in order.
pub(crate) fn pieces(text: &str, mut take: impl FnMut(Piece<'_>, Range<usize>)) {
    let mut word = String::new();
    let mut start = 0;
    let mut after_apostrophe = false;
    // "non-electric", "not electric": what is not electric shares no word with what is.
    let mut denied_from: Option<usize> = None;
    let mut characters = text.char_indices().chain([(text.len(), ' ')]).peekable();
    while let Some((position, character)) = characters.next() {
        let character = small_letter(character);
        let is_unspaced = is_unspaced(character);
        if !is_unspaced && is_letter_or_digit(character) {
            if word.is_empty() {
                start = position;
                if denied_from.is_some() {
                    word.push_str("non");
                }
            }
            // Marks that are typed after their letter are as good as none.
            if !is_combining(character) {
                word.push(character);
            }
            continue;
        }
        // "men's" is the word "men".
        let is_possessive = after_apostrophe && word == "s";
        if word == "not" || (word == "non" && character == '-') {
            denied_from = Some(start);
        } else if !word.is_empty() {
            let from = denied_from.take().unwrap_or(start);
            if !is_possessive {
                take(Piece::Word(&word), from..position);
            }
        }
        word.clear();
        after_apostrophe = matches!(character, '\'' | '’');
        if is_unspaced {
            let mut has_consonant = !is_thai_leading(character);
            word.push(character);
            let mut end = position + character.len_utf8();
            while let Some((at, next)) = characters.next_if(|(_, next)| is_thai_mark(*next) || (!has_consonant && is_unspaced_thai(*next)))
            {
                has_consonant = true;
                word.push(next);
                end = at + next.len_utf8();
            }
            take(Piece::Character(&word), position..end);
            word.clear();
        } else if is_break(character) {
            denied_from = None;
            take(Piece::Break, position..position);
        }
    }
}

/// Accents as characters of their own.
fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Vowels written before the consonant they follow in speech.
fn is_thai_leading(character: char) -> bool {
    matches!(character, '\u{0e40}'..='\u{0e44}')
}

/// Vowels and tones written behind, above and below a consonant.
fn is_thai_mark(character: char) -> bool {
    matches!(character, '\u{0e30}'..='\u{0e3a}' | '\u{0e45}' | '\u{0e47}'..='\u{0e4e}')
}

fn is_unspaced_thai(character: char) -> bool {
    matches!(character, '\u{0e01}'..='\u{0e2e}')
}

/// Han, Thai, Lao, Burmese and Khmer are written without blanks between words.
fn is_unspaced(character: char) -> bool {
    !character.is_ascii()
        && matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The small letter of a capital of Latin script, with or without marks: other scripts of our languages have no capitals.
/// The tables of the standard library know every script and would be a tenth of the program on the page.
fn small_letter(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let next = || char::from_u32(u32::from(letter) | 1).unwrap_or(letter);
    match letter {
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        // Here capital and small letter alternate, from an even number on …
        'Ā'..='Į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' | 'Ơ'..='ơ' | 'Ạ'..='ỹ' => next(),
        // … and here from an odd one.
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' | 'Ń' | 'Ņ' | 'Ň' | 'Ź' | 'Ż' | 'Ž' | 'Ư' => {
            char::from_u32(u32::from(letter) + 1).unwrap_or(letter)
        }
        other => other,
    }
}

/// Whether a character belongs to a word: beyond ASCII everything but marks of punctuation and symbols.
pub(crate) fn is_letter_or_digit(character: char) -> bool {
    match character {
        ascii if ascii.is_ascii() => ascii.is_ascii_alphanumeric(),
        '\u{80}'..='\u{BF}'
        | '×'
        | '÷'
        | '\u{2000}'..='\u{2BFF}'
        | '\u{3000}'..='\u{303F}'
        | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}' => false,
        _ => true,
    }
}

fn is_break(character: char) -> bool {
    matches!(character, ',' | ';' | ':' | '/' | '、' | '，' | '；' | '：')
}

/// The word without its marks: "purée" is found by "puree", "sầu riêng" by "sau rieng".
pub(crate) fn folded(word: &str) -> String {
    word.chars().map(without_marks).collect()
}

fn without_marks(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ạ'..='ặ' => 'a',
        'ç' => 'c',
        'đ' => 'd',
        'è'..='ë' | 'ẹ'..='ệ' => 'e',
        'ì'..='ï' | 'ĩ' | 'ỉ' | 'ị' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ù'..='ü' | 'ũ' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ÿ' | 'ỳ'..='ỹ' => 'y',
        other => other,
    }
}

/// Words that tell no goods apart.
pub(crate) fn is_filler(word: &str) -> bool {
    if word.len() > 5 {
        return false;
    }
    const FILLERS: [&str; 22] = [
        "a", "an", "and", "are", "as", "at", "by", "etc", "for", "from", "in", "is", "it", "its", "of", "on", "or", "other", "the", "to",
        "which", "with",
    ];
    FILLERS.binary_search(&word).is_ok()
}

/// Forms the rules below would miss: irregular plurals, singulars in "s", and spellings of the same word.
pub(crate) const SAME: [(&str, &str); 21] = [
    ("aluminium", "aluminum"),
    ("bus", "buse"),
    ("centre", "center"),
    ("colour", "color"),
    ("feet", "foot"),
    ("fibre", "fiber"),
    ("gas", "gase"),
    ("geese", "goose"),
    ("grey", "gray"),
    ("jewellery", "jewelry"),
    ("lens", "lense"),
    ("men", "man"),
    ("mice", "mouse"),
    ("mould", "mold"),
    ("plough", "plow"),
    ("sulphur", "sulfur"),
    ("teeth", "tooth"),
    ("tyre", "tire"),
    ("women", "woman"),
    ("wooden", "wood"),
    ("woollen", "wool"),
];

/// The form under which singular and plural of an English word meet. It need not be a word itself.
pub(crate) fn stem(word: &str) -> String {
    let singular = singular(word);
    let found = SAME.binary_search_by_key(&singular.as_str(), |(form, _)| *form).ok();
    match found.and_then(|position| SAME.get(position)) {
        Some((_, same)) => (*same).to_owned(),
        None => singular,
    }
}

fn singular(word: &str) -> String {
    const KEPT: [&str; 3] = ["ss", "us", "is"];
    // The longest ending first; both singular and plural must come to the same.
    const ENDINGS: [(&str, &str); 16] = [
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("zes", "z"),
        ("ies", "y"),
        ("ves", "f"),
        ("oes", "o"),
        ("fes", "f"),
        ("ie", "y"),
        ("ve", "f"),
        ("fe", "f"),
        ("oe", "o"),
        ("ze", "z"),
        ("che", "ch"),
        ("s", ""),
    ];
    if word.len() < 4 || !word.is_ascii() || KEPT.iter().any(|ending| word.ends_with(ending)) || word == "lens" {
        return word.to_owned();
    }
    for (ending, replacement) in ENDINGS {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() >= 2) {
            return [root, replacement].concat();
        }
    }
    word.to_owned()
}

/// What a word shares with the words made from it: "drilling", "driller" and "drill"; "lubricator" and "lubricating".
/// A looser kinship than that of singular and plural: "plane" and "planer" are kin, but so are "cook" and "cooker".
pub(crate) fn root(stem: &str) -> &str {
    const ENDINGS: [&str; 18] = [
        "ization", "isation", "ization", "ating", "ation", "ator", "izer", "izing", "iser", "ising", "ated", "ing", "er", "or", "ed",
        "ate", "ery", "e",
    ];
    const SHORTEST: usize = 4;
    if !stem.is_ascii() {
        return stem;
    }
    let root = ENDINGS
        .iter()
        .find_map(|ending| stem.strip_suffix(ending).filter(|root| root.len() >= SHORTEST))
        .unwrap_or(stem);
    // "cutting" is made from "cut".
    let mut letters = root.bytes().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && root.len() > 3 && root.len() < stem.len() && !matches!(last, b'l' | b's') => {
            root.get(..root.len() - 1).unwrap_or(root)
        }
        _ => root,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        pieces(text, |piece, place| match piece {
            Piece::Word(word) | Piece::Character(word) => {
                assert!(text.get(place).is_some_and(|own| !own.is_empty()));
                found.push(word.to_owned());
            }
            Piece::Break => found.push("|".to_owned()),
        });
        found
    }

    #[test]
    fn words_are_small() {
        assert_eq!(
            words("Men's T-shirts (Purée), 50 kg"),
            ["men", "t", "shirts", "purée", "|", "50", "kg"]
        );
        assert_eq!(words("girls’ boys'"), ["girls", "boys"]);
        assert_eq!(words("Sa\u{302}\u{300}u"), ["sau"], "a letter with marks of their own");
    }

    #[test]
    fn what_is_denied_is_another_word() {
        assert_eq!(words("guitars, non-electric"), ["guitars", "|", "nonelectric"]);
        assert_eq!(words("not knitted, knitted"), ["nonknitted", "|", "knitted"]);
        assert_eq!(words("măng non"), ["măng", "non"], "\"young\" in Vietnamese");
    }

    #[test]
    fn scripts_without_blanks_fall_into_characters() {
        assert_eq!(words("鲜榴莲、LED灯"), ["鲜", "榴", "莲", "|", "led", "灯"]);
        assert_eq!(words("ทุเรียน"), ["ทุ", "เรี", "ย", "น"]);
        assert_eq!(words("ไม้ไผ่"), ["ไม้", "ไผ่"]);
    }

    #[test]
    fn marks_of_vietnamese_come_off() {
        for (word, plain) in [
            ("sầu", "sau"),
            ("riêng", "rieng"),
            ("đường", "duong"),
            ("mỹ", "my"),
            ("cà", "ca"),
            ("purée", "puree"),
        ] {
            assert_eq!(folded(word), plain);
        }
    }

    #[test]
    fn words_made_from_the_same_word_share_its_root() {
        for (one, other) in [
            ("drilling", "driller"),
            ("drill", "drilling"),
            ("lubricator", "lubricating"),
            ("cutter", "cutting"),
            ("palletiser", "palletising"),
            ("sharpener", "sharpening"),
            ("polisher", "polished"),
        ] {
            assert_eq!(root(one), root(other), "{one}, {other}");
        }
        assert_ne!(root("plan"), root("plant"));
        assert_eq!(root("bed"), "bed");
    }

    #[test]
    fn singular_and_plural_meet() {
        for (one, many) in [
            ("durian", "durians"),
            ("battery", "batteries"),
            ("box", "boxes"),
            ("watch", "watches"),
            ("brush", "brushes"),
            ("glass", "glasses"),
            ("knife", "knives"),
            ("leaf", "leaves"),
            ("glove", "gloves"),
            ("potato", "potatoes"),
            ("shoe", "shoes"),
            ("cookie", "cookies"),
            ("lens", "lenses"),
            ("gas", "gases"),
            ("bus", "buses"),
            ("tooth", "teeth"),
            ("cheese", "cheeses"),
            ("size", "sizes"),
            ("avalanche", "avalanches"),
            ("tyre", "tires"),
        ] {
            assert_eq!(stem(one), stem(many), "{one}");
        }
        for (one, other) in [("glass", "glue"), ("virus", "vir"), ("basis", "base")] {
            assert_ne!(stem(one), stem(other), "{one}");
        }
    }

    #[test]
    fn capitals_of_latin_script_become_small() {
        for capital in (0xC0..0x180)
            .chain(0x1A0..0x1B1)
            .chain(0x1EA0..0x1EFA)
            .filter_map(char::from_u32)
            .filter(|letter| letter.is_uppercase())
        {
            let expected: String = capital.to_lowercase().collect();
            // Two letters of Turkish have no partner in the pattern, and none of our languages uses them.
            if !matches!(capital, 'İ' | 'Ÿ') && capital.to_lowercase().count() == 1 && small_letter(capital) != capital {
                assert_eq!(small_letter(capital).to_string(), expected, "{capital}");
            }
        }
        for (capital, small) in [
            ('A', 'a'),
            ('É', 'é'),
            ('Đ', 'đ'),
            ('Ơ', 'ơ'),
            ('Ư', 'ư'),
            ('Ạ', 'ạ'),
            ('Ỹ', 'ỹ'),
            ('中', '中'),
        ] {
            assert_eq!(small_letter(capital), capital.to_lowercase().next().unwrap());
            assert_eq!(small_letter(capital), small);
        }
    }

    #[test]
    fn tables_are_sorted() {
        assert!(SAME.is_sorted_by_key(|(form, _)| *form));
        for word in ["a", "etc", "other", "with"] {
            assert!(is_filler(word));
        }
        assert!(!is_filler("rice"));
    }
}
