//! Plots as plain drawings: lines along an axis, bars one above the other. The figures stand in a table beside each, for who cannot see it.

use duty::percentage;
use markup::{Element, View, classed, element};
use rust_decimal::Decimal;

/// As many kinds of strokes as the styles know.
const STROKES: [&str; 4] = ["stroke-1", "stroke-2", "stroke-3", "stroke-4"];

/// A line by its name and its points: how far along, and how high.
pub(crate) type Line<'a> = (&'a str, &'a [(Decimal, Decimal)]);

/// Lines through points, from nothing to the farthest and the highest; `mark` is a place along the axis. Each line with its name.
pub(crate) fn lines(named: &[Line<'_>], mark: Decimal) -> View {
    let points = || named.iter().flat_map(|(_, points)| points.iter());
    let farthest = points().map(|(along, _)| *along).max().unwrap_or_default();
    let highest = points().map(|(_, up)| *up).max().unwrap_or_default();
    let x = |along: Decimal| percentage(along, farthest);
    let y = |up: Decimal| Decimal::ONE_HUNDRED.saturating_sub(percentage(up, highest));
    let line = |(position, (_, points)): (usize, &Line<'_>)| {
        let place = |(along, up): &(Decimal, Decimal)| [x(*along).to_string(), ",".to_owned(), y(*up).to_string(), " ".to_owned()].concat();
        classed("polyline", stroke(position))
            .attribute("points", points.iter().map(place).collect::<String>().trim_end())
            .view()
    };
    let own = x(mark).to_string();
    let own = classed("line", "own")
        .attribute("x1", &own)
        .attribute("x2", &own)
        .attribute("y1", "0")
        .attribute("y2", "100");
    let drawing = element("svg")
        .attribute("viewBox", "0 -2 100 104")
        .attribute("preserveAspectRatio", "none")
        .attribute("aria-hidden", "true")
        .child(own.view())
        .children(named.iter().enumerate().map(line));
    let name = |(position, (name, _)): (usize, &Line<'_>)| element("li").child(classed("span", stroke(position)).view()).text(name).view();
    classed("div", "plot")
        .child(drawing.view())
        .child(element("ul").children(named.iter().enumerate().map(name)).view())
        .view()
}

fn stroke(position: usize) -> &'static str {
    STROKES.get(position % STROKES.len()).copied().unwrap_or_default()
}

/// One bar of several pieces, each with its class, beside the longest bar of all.
pub(crate) fn bar(pieces: &[(&'static str, Decimal)], longest: Decimal) -> View {
    let mut from = Decimal::ZERO;
    let piece = |(class, amount): &(&'static str, Decimal)| {
        let width = percentage(*amount, longest);
        let piece = rectangle(class, from, width);
        from = from.saturating_add(width);
        piece.view()
    };
    let drawing = element("svg")
        .child(rectangle("track", Decimal::ZERO, Decimal::ONE_HUNDRED).view())
        .children(pieces.iter().map(piece));
    classed("span", "picture")
        .attribute("aria-hidden", "true")
        .child(drawing.view())
        .view()
}

fn rectangle(class: &'static str, from: Decimal, width: Decimal) -> Element {
    classed("rect", class)
        .attribute("x", [&from.to_string(), "%"].concat())
        .attribute("width", [&width.to_string(), "%"].concat())
        .attribute("height", "100%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_lays_its_pieces_end_to_end() {
        let bar = bar(&[("goods", 50.into()), ("duty", 25.into())], 100.into());
        for piece in ["class=\"goods\" x=\"0%\" width=\"50%\"", "class=\"duty\" x=\"50%\" width=\"25%\""] {
            assert!(bar.as_str().contains(piece), "{bar:?}");
        }
        assert!(super::bar(&[("duty", 0.into())], 0.into()).as_str().contains("width=\"0%\""));
    }

    #[test]
    fn lines_fill_the_drawing() {
        let points = [(0.into(), 0.into()), (20.into(), 8.into())];
        let drawing = lines(&[("MFN", &points)], 5.into());
        for expected in ["points=\"0,100 100,0\"", "x1=\"25\"", ">MFN<"] {
            assert!(drawing.as_str().contains(expected), "no {expected} in {drawing:?}");
        }
    }
}
