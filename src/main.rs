//! Puts the page into the document. Everything that can be tested is in the library.

fn main() {
    cafta_calculator::mount();
}
