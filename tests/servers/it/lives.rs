//! What a server does from its start to its end.

use cenote_servers::{Server, start_mysql, start_pgbouncer, start_postgres};
use std::io::Read;
use std::net::TcpStream;

/// What the server says first: MariaDB greets, PostgreSQL waits to be greeted.
fn greeting(server: &Server) -> std::io::Result<u8> {
    let mut stream = TcpStream::connect(server.address())?;
    let mut first = [0; 5];
    stream.read_exact(&mut first)?;
    Ok(first[4])
}

#[test]
fn a_server_is_gone_when_it_is_dropped() {
    for start in [start_postgres, start_mysql] {
        let server = start().unwrap();
        let (address, socket) = (server.address(), server.socket());
        assert!(TcpStream::connect(address).is_ok() && socket.exists(), "{server:?}");
        drop(server);
        assert!(TcpStream::connect(address).is_err());
        assert!(!socket.exists() && !socket.parent().unwrap().ends_with("data"));
    }
}

#[test]
fn two_servers_of_a_kind_live_side_by_side() {
    let (one, other) = (start_mysql().unwrap(), start_mysql().unwrap());
    assert_ne!((one.address(), one.socket()), (other.address(), other.socket()));
    assert_eq!((greeting(&one).unwrap(), greeting(&other).unwrap()), (10, 10));
}

#[test]
fn a_server_comes_up_again_where_it_was() {
    let server = start_mysql().unwrap();
    for end in [Server::stop, Server::kill] {
        end(&server);
        assert!(greeting(&server).is_err());
        server.start();
        assert_eq!(greeting(&server).unwrap(), 10);
    }
    let server = start_postgres().unwrap();
    for _ in 0..3 {
        // A process of the server's for each, which outlives its parent for a moment.
        let _clients = [0; 8].map(|_| TcpStream::connect(server.address()).unwrap());
        server.kill();
        assert!(TcpStream::connect(server.address()).is_err());
        server.start();
        assert!(TcpStream::connect(server.address()).is_ok());
    }
}

#[test]
fn a_frozen_server_answers_when_it_is_thawed() {
    let server = start_mysql().unwrap();
    server.freeze();
    std::thread::scope(|scope| {
        let asks = scope.spawn(|| greeting(&server));
        // The system takes the connection in its place, but nobody greets.
        assert!(TcpStream::connect(server.address()).is_ok());
        assert!(!asks.is_finished());
        server.thaw();
        assert_eq!(asks.join().unwrap().unwrap(), 10);
    });
}

#[test]
fn a_frozen_server_can_be_dropped() {
    for start in [start_postgres, start_mysql] {
        let server = start().unwrap();
        server.freeze();
        let address = server.address();
        drop(server);
        assert!(TcpStream::connect(address).is_err());
    }
}

#[test]
fn pgbouncer_stands_in_front_of_postgres() {
    let server = start_postgres().unwrap();
    let bouncer = start_pgbouncer(server.address()).unwrap();
    assert_ne!(bouncer.address(), server.address());
    assert!(TcpStream::connect(bouncer.address()).is_ok());
}
