//! HTML as text. What comes in as text is escaped, in one place; tags, classes and names of attributes are constants of the program.
//!
//! The page puts such markup into itself as a whole. There are no styles and no scripts in it: links to other states of the page are
//! ordinary links (`href="?hs=…"`), which the page follows itself, and what explains itself at a tap is the browser's own popover.

/// Markup that may be put into the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View(String);

impl View {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Several views one after the other.
    #[must_use]
    pub fn several(views: impl IntoIterator<Item = Self>) -> Self {
        Self(views.into_iter().map(|view| view.0).collect())
    }
}

impl From<View> for String {
    fn from(view: View) -> Self {
        view.0
    }
}

/// An element in the making.
pub struct Element {
    tag: &'static str,
    start: String,
    inside: String,
}

/// An element of that name. Like the others not for inlining: what is small beside its calls, is small in a program once only.
#[must_use]
#[inline(never)]
pub fn element(tag: &'static str) -> Element {
    Element {
        tag,
        start: "<".to_owned() + tag,
        inside: String::new(),
    }
}

/// An element of that name and class.
#[must_use]
#[inline(never)]
pub fn classed(tag: &'static str, class: &'static str) -> Element {
    element(tag).attribute("class", class)
}

/// A paragraph.
#[must_use]
pub fn paragraph(class: &'static str, text: impl AsRef<str>) -> View {
    classed("p", class).text(text).view()
}

impl Element {
    /// An attribute; one whose value is empty is there all the same.
    #[must_use]
    pub fn attribute(self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.attribute_of(name, value.as_ref())
    }

    #[inline(never)]
    fn attribute_of(mut self, name: &'static str, value: &str) -> Self {
        self.start.push(' ');
        self.start.push_str(name);
        self.start.push_str("=\"");
        escape(&mut self.start, value);
        self.start.push('"');
        self
    }

    /// Text inside.
    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.text_of(text.as_ref())
    }

    #[inline(never)]
    fn text_of(mut self, text: &str) -> Self {
        escape(&mut self.inside, text);
        self
    }

    /// Another view inside.
    #[must_use]
    #[inline(never)]
    pub fn child(mut self, child: View) -> Self {
        self.inside.push_str(&child.0);
        self
    }

    /// More views inside.
    #[must_use]
    pub fn children(self, children: impl IntoIterator<Item = View>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Done.
    #[must_use]
    #[inline(never)]
    pub fn view(self) -> View {
        let Self { tag, start, inside } = self;
        View(start + ">" + &inside + "</" + tag + ">")
    }
}

/// A bar, for those who would rather look than read: solid as far as what is sure, lighter up to what may be. Both are shares of the
/// longest bar in percent, because a drawing as wide as an amount of dong is beyond what browsers draw exactly. The figures stand beside it
/// in words.
#[must_use]
pub fn bar(least: &str, most: &str) -> View {
    let part = |class, width: &str| {
        classed("rect", class)
            .attribute("width", width.to_owned() + "%")
            .attribute("height", "100%")
            .view()
    };
    let parts = [part("track", "100"), part("most", most), part("least", least)];
    classed("span", "picture")
        .attribute("aria-hidden", "true")
        .child(element("svg").children(parts).view())
        .view()
}

/// A customs term that explains itself at one tap: the word is a button, the explanation the browser's own popover. `id` must be unique on
/// the page.
#[must_use]
#[inline(never)]
pub fn term(id: &str, word: &str, explanation: &str) -> View {
    let button = classed("button", "term").attribute("type", "button").attribute("popovertarget", id);
    let note = classed("span", "explanation")
        .attribute("id", id)
        .attribute("popover", "")
        .attribute("role", "note");
    let word_again = element("strong").text(word).view();
    View::several([button.text(word).view(), note.child(word_again).text(explanation).view()])
}

/// The letter of a grade of evidence; what it means at one tap.
#[must_use]
pub fn grade(id: &str, letter: &str, explanation: &str) -> View {
    classed("span", "grade").child(term(id, letter, explanation)).view()
}

/// What may not stand in text or in the value of an attribute stands there by name. HTML has no way to write the character of code 0.
#[inline(never)]
fn escape(into: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\0' => {}
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_nest() {
        let row = element("tr").children(["a", "b"].map(|text| element("td").text(text).view()));
        assert_eq!(row.view().as_str(), "<tr><td>a</td><td>b</td></tr>");
        assert_eq!(paragraph("small", "text").as_str(), r#"<p class="small">text</p>"#);
    }

    #[test]
    fn nothing_in_a_text_is_markup() {
        let view = element("p")
            .attribute("title", "\" onclick=\"x")
            .text("<script>&amp;\0'</script>")
            .view();
        assert_eq!(
            view.as_str(),
            r#"<p title="&quot; onclick=&quot;x">&lt;script&gt;&amp;amp;'&lt;/script&gt;</p>"#
        );
    }

    #[test]
    fn a_term_is_a_button_and_its_explanation() {
        assert_eq!(
            term("why", "MFN", "a < b").as_str(),
            "<button class=\"term\" type=\"button\" popovertarget=\"why\">MFN</button>\
             <span class=\"explanation\" id=\"why\" popover=\"\" role=\"note\"><strong>MFN</strong>a &lt; b</span>"
        );
    }
}
