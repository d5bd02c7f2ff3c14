//! MariaDB: `root` over loopback and over its socket, no password, and an empty database `test`.

use crate::error::{Error, doing};
use crate::product::{Bootstrap, Product, Site};
use crate::software::Software;
use crate::supervisor::Ends;
use std::fs;
use std::io::Read;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const MARIADB: Product = Product {
    software: Software::MariaDb,
    name: "MariaDB",
    ends: Ends::ByTermination,
    bootstrap,
    command,
    answers,
    url,
    socket,
};

/// The system tables, from the scripts that come with the server: its own installer wants programs of other packages.
fn bootstrap(site: Site<'_>) -> Result<Option<Bootstrap>, Error> {
    let data = site.folder.join("data");
    doing(format!("making {}", data.display()), fs::create_dir_all(&data))?;
    // It reads a statement a line.
    let mut input =
        b"create database if not exists mysql;\nuse mysql;\nset @auth_root_socket = null;\n".to_vec();
    for (names, is_needed) in [
        (["mariadb_system_tables.sql", "mysql_system_tables.sql"], true),
        (["mariadb_performance_tables.sql", "mysql_performance_tables.sql"], true),
        (["mariadb_system_tables_data.sql", "mysql_system_tables_data.sql"], true),
        (["maria_add_gis_sp_bootstrap.sql", "maria_add_gis_sp_bootstrap.sql"], false),
    ] {
        let found = names.iter().map(|name| share(site).join(name)).find(|file| file.is_file());
        match found {
            Some(file) => input.extend(doing(file.display().to_string(), fs::read(&file))?),
            None if is_needed => {
                let cause = std::io::ErrorKind::NotFound.into();
                return Err(Error::System { what: share(site).join(names[0]).display().to_string(), cause });
            }
            None => {}
        }
        input.push(b'\n');
    }
    input.extend(b"create database test;\n");
    let mut command = base(site);
    command.args(["--bootstrap", "--log-warnings=0", "--enforce-storage-engine="]);
    command.args(["--max-allowed-packet=8M", "--net-buffer-length=16K"]);
    Ok(Some(Bootstrap { command, input }))
}

/// Nobody's data is at stake: nothing is synced. Many tests run beside one another, each with a pool.
fn command(site: Site<'_>) -> Command {
    let mut command = base(site);
    command.arg(format!("--socket={}", socket(site.folder).display()));
    command.arg(format!("--pid-file={}", site.folder.join("pid").display()));
    command.arg(format!("--bind-address={}", site.address.ip()));
    command.arg(format!("--port={}", site.address.port()));
    command.args([
        "--skip-log-bin",
        "--skip-name-resolve",
        "--performance-schema=OFF",
        "--max-connections=400",
    ]);
    command
}

fn base(site: Site<'_>) -> Command {
    let mut command = Command::new(site.software.program());
    let prefix = site.software.prefix();
    command.arg("--no-defaults");
    for (option, value) in [
        ("basedir", &prefix),
        ("datadir", &site.folder.join("data")),
        ("tmpdir", &site.folder.to_owned()),
        ("lc-messages-dir", &share(site)),
        ("character-sets-dir", &share(site).join("charsets")),
        ("plugin-dir", &prefix.join("lib/mysql/plugin")),
    ] {
        command.arg(format!("--{option}={}", value.display()));
    }
    command.args([
        "--innodb-log-file-size=8M",
        "--innodb-buffer-pool-size=32M",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
    ]);
    command
}

/// Where the server's own files are: newer versions name the folder after themselves.
fn share(site: Site<'_>) -> PathBuf {
    let share = site.software.prefix().join("share");
    Some(share.join("mariadb"))
        .filter(|folder| folder.join("charsets").is_dir())
        .unwrap_or(share.join("mysql"))
}

/// It speaks first: the greeting has a sequence number of 0 and version 10; an error has 255 there.
fn answers(mut stream: TcpStream) -> bool {
    let mut greeting = [0; 5];
    stream.read_exact(&mut greeting).is_ok() && greeting[3..] == [0, 10]
}

fn url(address: SocketAddr) -> String {
    format!("mysql://root@{address}/test")
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("socket")
}
