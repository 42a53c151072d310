//! How a text falls into words, and which words count as the same. Not a grammar: light rules for English,
//! character pairs for scripts that write no blanks.

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word between blanks, in small letters without accents.
    Word(&'a str),
    /// One character of a script without blanks.
    Character(&'a str),
    /// Two of them that stand side by side.
    Pair(&'a str),
    /// A comma, a bracket: what follows is a new phrase.
    Break,
}

/// Calls `take` for each piece of `text`, in order; a pair comes after its second character.
pub(crate) fn pieces(text: &str, mut take: impl FnMut(Piece<'_>)) {
    let mut word = String::new();
    let mut pair = String::new();
    let mut after_apostrophe = false;
    for character in text.chars().chain([' ']).map(small_letter) {
        let joined = !is_unspaced(character) && is_letter_or_digit(character);
        if joined {
            word.push(without_accent(character));
            continue;
        }
        // "men's" is the word "men".
        let is_possessive = after_apostrophe && word == "s";
        if !word.is_empty() && !is_possessive {
            take(Piece::Word(&word));
        }
        word.clear();
        after_apostrophe = matches!(character, '\'' | '’');
        if is_unspaced(character) {
            take(Piece::Character(character.encode_utf8(&mut [0; 4])));
            if let Some(previous) = pair.pop() {
                pair.clear();
                pair.extend([previous, character]);
                take(Piece::Pair(&pair));
            } else {
                pair.push(character);
            }
        } else {
            pair.clear();
            if is_break(character) {
                take(Piece::Break);
            }
        }
    }
}

/// Han, Thai, Lao, Burmese and Khmer are written without blanks between words.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The small letter of a capital of Latin script, with or without marks: other scripts of our languages have no capitals.
/// The tables of the standard library know every script and would be a tenth of the program on the page.
fn small_letter(letter: char) -> char {
    let next = || char::from_u32(u32::from(letter) | 1).unwrap_or(letter);
    match letter {
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        // Here capital and small letter alternate, from an even number on …
        'Ā'..='Į' | 'Ĳ'..='ķ' | 'Ŋ'..='ŷ' | 'Ơ'..='ơ' | 'Ạ'..='ỹ' => next(),
        // … and here from an odd one.
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' | 'Ń' | 'Ņ' | 'Ň' | 'Ź' | 'Ż' | 'Ž' | 'Ư' => {
            char::from_u32(u32::from(letter) + 1).unwrap_or(letter)
        }
        other => other.to_ascii_lowercase(),
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
    matches!(
        character,
        ',' | ';' | ':' | '(' | ')' | '/' | '、' | '，' | '；' | '：' | '（' | '）'
    )
}

/// Letters of loan words: "purée" is found by "puree".
fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

/// Words that tell no goods apart.
pub(crate) fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 22] = [
        "a", "an", "and", "are", "as", "at", "by", "etc", "for", "from", "in", "is", "it", "its", "of", "on", "or", "other", "the", "to",
        "which", "with",
    ];
    FILLERS.binary_search(&word).is_ok()
}

/// Forms the rules below would miss: irregular plurals, singulars in "s", and spellings of the same word.
const SAME: [(&str, &str); 21] = [
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

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        pieces(text, |piece| match piece {
            Piece::Word(word) | Piece::Character(word) | Piece::Pair(word) => found.push(word.to_owned()),
            Piece::Break => found.push("|".to_owned()),
        });
        found
    }

    #[test]
    fn words_are_small_and_plain() {
        assert_eq!(
            words("Men's T-shirts (purée), 50 kg"),
            ["men", "t", "shirts", "|", "puree", "|", "|", "50", "kg"]
        );
        assert_eq!(words("girls’ boys'"), ["girls", "boys"]);
    }

    #[test]
    fn scripts_without_blanks_fall_into_characters_and_pairs() {
        assert_eq!(words("鲜榴莲、LED灯"), ["鲜", "榴", "鲜榴", "莲", "榴莲", "|", "led", "灯"]);
        assert_eq!(words("灯 具"), ["灯", "具"]);
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
