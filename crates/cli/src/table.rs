//! A table for a terminal: columns as wide as their widest text. Not CSV.

/// How a column is set.
#[derive(Clone, Copy)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Amounts.
    Right,
}

/// Rows with two blanks between their columns; the last column is not filled up.
pub(crate) fn print<const COLUMNS: usize>(aligns: [Align; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|text| text.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).zip(aligns).map(|((cell, width), align)| match align {
            Align::Left => format!("{cell:<width$}"),
            Align::Right => format!("{cell:>width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [["a", "10.00", "x"], ["榴莲", "5", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(
            print([Align::Left, Align::Right, Align::Left], &rows),
            "a   10.00  x\n榴莲      5\n"
        );
    }
}
