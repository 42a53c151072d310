//! As much of HTTP/1.1 as a browser needs to fetch files from this machine: GET and HEAD, one thread a connection, connections kept open.
//!
//! Not `tiny_http`: its pool of threads left a connection without a thread when a browser opened six at once, and pages hung at random.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// More of a head than any browser sends.
const LONGEST_HEAD: u64 = 64 * 1024;
/// How long a connection may stay silent.
const PATIENCE: Duration = Duration::from_secs(120);

/// The head of a request; bodies are not read.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

/// What goes back.
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header, empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The next request of a connection; `None` at its end, or where what comes is not HTTP.
    fn read(connection: &mut impl BufRead) -> Option<Self> {
        let mut head = connection.take(LONGEST_HEAD);
        let mut line = String::new();
        let mut next = |line: &mut String| {
            line.clear();
            head.read_line(line).ok().filter(|read| *read > 0)
        };
        next(&mut line)?;
        let mut words = line.split_whitespace();
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            next(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                return line.trim().is_empty().then_some(Self { method, target, headers });
            };
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
}

/// Answers requests until the process ends.
#[expect(clippy::disallowed_methods, reason = "native tool")]
pub(crate) fn serve(listener: &TcpListener, answer: impl Fn(&Request) -> Response + Send + Sync + 'static) {
    let answer = Arc::new(answer);
    for connection in listener.incoming().flatten() {
        let answer = Arc::clone(&answer);
        thread::spawn(move || converse(&connection, &*answer));
    }
}

fn converse(connection: &TcpStream, answer: &impl Fn(&Request) -> Response) -> Option<()> {
    connection.set_read_timeout(Some(PATIENCE)).ok()?;
    connection.set_nodelay(true).ok()?;
    let mut incoming = BufReader::new(connection);
    loop {
        let request = Request::read(&mut incoming)?;
        let Response { status, headers, body } = answer(&request);
        let mut message = format!("HTTP/1.1 {status} \r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            message.push_str(&format!("{name}: {value}\r\n"));
        }
        message.push_str("\r\n");
        let mut bytes = message.into_bytes();
        if request.method != "HEAD" {
            bytes.extend(body);
        }
        let mut outgoing = connection;
        outgoing.write_all(&bytes).ok()?;
        if request.header("Connection").eq_ignore_ascii_case("close") {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::Request;

    #[test]
    fn reads_one_request_after_the_other() {
        let mut connection = Cursor::new("GET /a?b HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\nHEAD / HTTP/1.1\r\n\r\n");
        let first = Request::read(&mut connection).unwrap();
        assert_eq!((first.method.as_str(), first.target.as_str()), ("GET", "/a?b"));
        assert_eq!((first.header("accept-encoding"), first.header("Cookie")), ("br", ""));
        assert_eq!(Request::read(&mut connection).unwrap().method, "HEAD");
        assert!(Request::read(&mut connection).is_none());
    }

    #[test]
    fn what_is_not_http_ends_the_connection() {
        for text in [
            "",
            "\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x",
            "GET / HTTP/1.1\r\nnonsense\r\n\r\n",
        ] {
            assert!(Request::read(&mut Cursor::new(text)).is_none(), "{text:?}");
        }
    }
}
