//! The example as its reader would run it.

use std::process::Command;

#[test]
fn every_order_is_there_and_four_connections_served_eight_threads() {
    let output = Command::new(env!("CARGO_BIN_EXE_cenote-example-mixed-load")).output().expect("it starts");
    let line = String::from_utf8(output.stdout).expect("it writes text");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(line.starts_with("2000 orders, "), "{line}");
    assert!(line.ends_with(" connections, no write lost\n"), "{line}");
}
