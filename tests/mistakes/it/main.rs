//! What must not compile does not, and beside each such case stands one that does.

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("cases/*_right.rs");
    cases.compile_fail("cases/*_wrong.rs");
}
