//! Running other programs: the one place that knows how. What to run is decided elsewhere.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::project::Project;

/// A command in the project's folder which finds the project's tools first and can call xtask back through `XTASK`.
pub(crate) fn new(project: &Project, program: impl AsRef<OsStr>) -> Result<Command> {
    let mut command = Command::new(program);
    command
        .current_dir(project.root())
        .env("PATH", project.search_path()?)
        .env("XTASK", project.executable())
        .stdin(Stdio::null());
    Ok(command)
}

/// `program` with arguments, as [`new`] makes it.
pub(crate) fn with<I, S>(project: &Project, program: &str, arguments: I) -> Result<Command>
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut command = new(project, program)?;
    command.args(arguments);
    Ok(command)
}

/// Runs to the end with the output on the screen; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs to the end and gives back the standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {}",
            describe(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, shows the standard output line by line and gives each line to `reader` as well. Tells whether the command succeeded.
pub(crate) fn stream(command: &mut Command, mut reader: impl FnMut(&str)) -> Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| cannot_start(command))?;
    let stdout = child.stdout.take().context("no standard output to read")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line.with_context(|| format!("cannot read what `{}` prints", describe(command)))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        reader(&line);
    }
    Ok(child.wait()?.success())
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start `{}`", describe(command))
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
