//! A server that has TLS, and a user who has to prove who he is.

use std::sync::Arc;

use cenote_postgres::postgres::{Client, NoTls};
use cenote_servers::Server;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

pub(crate) const USER: &str = "prover";
pub(crate) const PASSWORD: &str = "hunter2";

/// A server of its own, and a connector that trusts it.
pub(crate) struct SecureServer {
    pub(crate) server: Server,
    pub(crate) tls: MakeRustlsConnect,
}

impl SecureServer {
    pub(crate) fn start() -> Self {
        let server = cenote_servers::start_postgres().unwrap();
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let mut client = Client::connect(server.url(), NoTls).unwrap();
        write(&mut client, "server.crt", &cert.pem());
        write(&mut client, "server.key", &signing_key.serialize_pem());
        let proof = format!("host all {USER} all scram-sha-256\nhost all all all trust\nlocal all all trust");
        write(&mut client, "pg_hba.conf", &proof);
        for statement in [
            "set password_encryption = 'scram-sha-256'",
            &format!("create role {USER} login password '{PASSWORD}'"),
            "alter system set ssl = on",
        ] {
            client.batch_execute(statement).unwrap();
        }
        drop(client);
        server.stop();
        server.start();
        let mut roots = RootCertStore::empty();
        roots.add(cert.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = versions.unwrap().with_root_certificates(roots).with_no_client_auth();
        Self { server, tls: MakeRustlsConnect::new(config) }
    }

    /// The server by these parameters of a URL, and this user.
    pub(crate) fn url(&self, user: &str, parameters: &str) -> String {
        format!("postgres://{user}@{}/postgres?{parameters}", self.server.address())
    }
}

/// Has the server write a file of its own, which nobody else may read: it insists.
fn write(client: &mut Client, file: &str, text: &str) {
    let lines = format!("copy (select unnest(string_to_array('{text}', e'\\n'))) to program");
    client.batch_execute(&format!("{lines} 'umask 077; cat > {file}'")).unwrap();
}
