//! The proxy: what it counts, and how it fails.

use cenote_servers::wire::Wire;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// A server that answers each byte with the same byte, until its client is gone.
fn echo() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let accepting = listener.try_clone().unwrap();
    thread::Builder::new()
        .spawn(move || {
            for stream in accepting.incoming().map_while(Result::ok) {
                let mut answers = stream.try_clone().unwrap();
                thread::Builder::new()
                    .spawn(move || {
                        for byte in BufReader::new(stream).bytes().map_while(Result::ok) {
                            let _ = answers.write_all(&[byte]);
                        }
                    })
                    .unwrap();
            }
        })
        .unwrap();
    listener
}

fn ask(stream: &mut TcpStream, words: &[u8]) -> std::io::Result<()> {
    stream.write_all(words)?;
    stream.read_exact(&mut vec![0; words.len()])
}

#[test]
fn a_trip_is_what_a_client_says_after_the_server_spoke() {
    let server = echo();
    let wire = Wire::to(server.local_addr().unwrap());
    let (mut one, mut other) =
        (TcpStream::connect(wire.address()).unwrap(), TcpStream::connect(wire.address()).unwrap());
    let ((), trips) = wire.count(|| {
        for _ in 0..3 {
            ask(&mut one, b"long question").unwrap();
        }
        ask(&mut other, b"x").unwrap();
    });
    assert_eq!(trips, 4);
}

#[test]
fn nothing_passes_a_frozen_wire_and_nothing_is_lost() {
    let server = echo();
    let wire = Wire::to(server.local_addr().unwrap());
    let mut stream = TcpStream::connect(wire.address()).unwrap();
    ask(&mut stream, b"x").unwrap();
    wire.freeze();
    stream.write_all(b"later").unwrap();
    stream.set_nonblocking(true).unwrap();
    assert!(stream.read(&mut [0]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock));
    stream.set_nonblocking(false).unwrap();
    wire.thaw();
    let mut answer = [0; 5];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"later");
}

#[test]
fn a_cut_wire_ends_what_goes_through_it_and_a_refusing_one_takes_nothing() {
    let server = echo();
    let wire = Wire::to(server.local_addr().unwrap());
    let mut stream = TcpStream::connect(wire.address()).unwrap();
    ask(&mut stream, b"x").unwrap();
    wire.cut();
    assert!(ask(&mut stream, b"x").is_err());
    wire.refuse(true);
    assert!(TcpStream::connect(wire.address()).and_then(|mut stream| ask(&mut stream, b"x")).is_err());
    wire.refuse(false);
    ask(&mut TcpStream::connect(wire.address()).unwrap(), b"x").unwrap();
}
