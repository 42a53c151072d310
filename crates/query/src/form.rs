//! The form of a link's query, `application/x-www-form-urlencoded`. Of our own, because links are short, and every table and special case
//! is in the first program.

/// The pairs of a query, with or without its question mark. What is not text (bytes that are no UTF-8) counts as empty.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(key), decoded(value))
        })
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let escaped = behind.split_at_checked(2).filter(|_| *first == b'%').and_then(|(digits, behind)| {
            let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
            Some((u8::from_str_radix(digits, 16).ok()?, behind))
        });
        bytes.push(match (escaped, *first) {
            (Some((byte, behind)), _) => {
                rest = behind;
                byte
            }
            (None, b'+') => b' ',
            (None, byte) => byte,
        });
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Adds a pair to a query; the first begins it with a question mark. A comma stays as it is, unlike in the form of others: it means nothing in
/// a query, and stands between codes and thousands.
pub(crate) fn push(query: &mut String, key: &str, value: &str) {
    query.push(if query.is_empty() { '?' } else { '&' });
    encode(query, key);
    query.push('=');
    encode(query, value);
}

fn encode(query: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' | b',' => query.push(char::from(byte)),
            b' ' => query.push('+'),
            other => {
                query.push('%');
                let digits = [other >> 4, other & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'));
                query.extend(digits.map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(query: &str) -> Vec<(String, String)> {
        pairs(query).collect()
    }

    #[test]
    fn anything_can_be_read() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            read("a=1&b&&=&c=x=y"),
            [pair("a", "1"), pair("b", ""), pair("", ""), pair("c", "x=y")]
        );
        assert_eq!(read("a=%E6%a6%b4+%2B"), [pair("a", "榴 +")]);
        assert_eq!(
            read("a=%&b=%2&c=%zz&d=%+1"),
            [pair("a", "%"), pair("b", "%2"), pair("c", "%zz"), pair("d", "% 1")]
        );
        assert_eq!(read("a=%FF"), [pair("a", "")]);
        assert_eq!(read(""), []);
    }

    proptest! {
        #[test]
        fn it_is_the_form_others_read_and_write(key in "\\PC{0,6}", value in "\\PC{0,12}") {
            let mut query = String::new();
            push(&mut query, &key, &value);
            let theirs = form_urlencoded::Serializer::new(String::new()).append_pair(&key, &value).finish();
            prop_assert_eq!(query.trim_start_matches('?'), theirs.replace("%2C", ","));
            prop_assert_eq!(read(&theirs), vec![(key, value)]);
        }

        #[test]
        fn links_are_read_as_others_read_them(query in "[a-z%+&=0-9A-F榴]{0,24}") {
            let theirs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            for (ours, theirs) in read(&query).into_iter().zip(theirs) {
                prop_assert!(ours == theirs || theirs.0.contains('\u{fffd}') || theirs.1.contains('\u{fffd}'), "{:?} {:?}", ours, theirs);
            }
        }
    }
}
