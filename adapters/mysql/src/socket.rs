//! What the socket under a connection tells without a word to the server, and how long it waits for the server's.
//!
//! The driver gives the descriptor of its socket as a number. To look, that is enough; to set a timeout takes a descriptor
//! that is owned, which no safe function makes of a number. So the number is sent through a pair of sockets to
//! this very process: what arrives is owned, and the same socket.

#[cfg(unix)]
pub(crate) use with_descriptors::{look, set_read_timeout};
#[cfg(not(unix))]
pub(crate) use without_descriptors::{look, set_read_timeout};

#[cfg(unix)]
mod with_descriptors {
    use std::{
        io::{self, IoSlice, IoSliceMut},
        mem::MaybeUninit,
        os::{
            fd::{AsRawFd, OwnedFd},
            unix::net::UnixStream,
        },
        time::Duration,
    };

    use mysql::Conn;
    use nix::{
        errno::Errno,
        sys::socket::{ControlMessage, MsgFlags, recv, sendmsg},
    };
    use rustix::{
        cmsg_space,
        net::{
            RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg,
            sockopt::{Timeout, set_socket_timeout},
        },
    };

    use crate::fault::{gone, unasked};

    /// Looks whether anything arrived on a connection that waits for nothing: 0.25 us, and never blocks.
    pub(crate) fn look(conn: &Conn) -> Result<(), mysql::Error> {
        match recv(conn.as_raw_fd(), &mut [0], MsgFlags::MSG_PEEK | MsgFlags::MSG_DONTWAIT) {
            Err(Errno::EAGAIN) => Ok(()),
            Ok(0) => Err(gone(io::ErrorKind::ConnectionAborted.into())),
            Ok(_) => Err(unasked()),
            Err(errno) => Err(gone(errno.into())),
        }
    }

    /// How long a read may wait for the server; for ever, if None.
    pub(crate) fn set_read_timeout(conn: &Conn, timeout: Option<Duration>) -> Result<(), mysql::Error> {
        let socket = owned(conn)?;
        Ok(set_socket_timeout(socket, Timeout::Recv, timeout).map_err(io::Error::from)?)
    }

    /// The socket once more, by a descriptor of our own.
    fn owned(conn: &Conn) -> io::Result<OwnedFd> {
        let (near, far) = UnixStream::pair()?;
        let numbers = [conn.as_raw_fd()];
        let rights = [ControlMessage::ScmRights(&numbers)];
        sendmsg::<()>(near.as_raw_fd(), &[IoSlice::new(&[0])], &rights, MsgFlags::empty(), None)?;

        let mut space = [MaybeUninit::uninit(); cmsg_space!(ScmRights(1))];
        let mut arrived = RecvAncillaryBuffer::new(&mut space);
        recvmsg(&far, &mut [IoSliceMut::new(&mut [0])], &mut arrived, CLOSE_ON_EXEC)?;
        let rights = arrived.drain().find_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut descriptors) => descriptors.next(),
            _ => None,
        });
        rights.ok_or_else(|| io::Error::other("a descriptor that this process sent itself did not arrive"))
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    const CLOSE_ON_EXEC: RecvFlags = RecvFlags::CMSG_CLOEXEC;
    /// Where it cannot be asked for at once, the descriptor is gone again in microseconds.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const CLOSE_ON_EXEC: RecvFlags = RecvFlags::empty();
}

/// The driver shows nothing of its socket here: a look sees nothing, and reads wait as long as the user configured.
#[cfg(not(unix))]
mod without_descriptors {
    use std::time::Duration;

    use mysql::{Conn, Error};

    pub(crate) fn look(_conn: &Conn) -> Result<(), Error> {
        Ok(())
    }

    pub(crate) fn set_read_timeout(_conn: &Conn, _timeout: Option<Duration>) -> Result<(), Error> {
        Ok(())
    }
}
