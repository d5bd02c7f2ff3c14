//! `Door`: how `down` and `status` find the process that holds the servers of `up`.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
};

use crate::{error::Result, project::Project};

/// A file with the address at which the holder can be asked.
#[derive(Debug)]
pub(crate) struct Door {
    file: PathBuf,
}

/// What a holder can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    Status,
    Down,
}

impl Question {
    const ALL: [Self; 2] = [Self::Status, Self::Down];

    fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Down => "down",
        }
    }
}

impl Door {
    pub(crate) fn of(project: &Project) -> Self {
        Self { file: project.target().join("servers").join("door") }
    }

    /// Asks the holder, and gives what it says until it hangs up. None if there is no holder.
    pub(crate) fn ask(&self, question: Question) -> Option<Vec<String>> {
        let address: SocketAddr = fs::read_to_string(&self.file).ok()?.trim().parse().ok()?;
        let mut stream = TcpStream::connect(address).ok()?;
        writeln!(stream, "{}", question.word()).ok()?;
        BufReader::new(stream).lines().collect::<std::io::Result<_>>().ok()
    }

    /// Opens the door, and says so by `opened`. Whoever comes is answered by `answer`, until the servers are to go down;
    /// then the door is shut, `end` is called, and whoever asked hears of it.
    pub(crate) fn open(&self, answer: &[String], opened: impl FnOnce(), end: impl FnOnce()) -> Result {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, listener.local_addr()?.to_string())?;
        opened();
        for stream in listener.incoming() {
            let mut stream = stream?;
            let mut word = String::new();
            BufReader::new(stream.try_clone()?).read_line(&mut word)?;
            match Question::ALL.into_iter().find(|question| question.word() == word.trim()) {
                Some(Question::Down) => {
                    fs::remove_file(&self.file)?;
                    end();
                    return Ok(());
                }
                // Whoever asked may be gone.
                Some(Question::Status) => drop(writeln!(stream, "{}", answer.join("\n"))),
                None => {}
            }
        }
        Ok(())
    }
}
