//! `Trail`: what the user of a session may have left behind, as far as this crate saw.

/// All false: nothing was done since the session was last known to be clean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Trail {
    /// Something was sent, or set.
    pub(crate) is_used: bool,
    /// An answer may be on its way, or half read: nobody saw its end.
    pub(crate) may_be_unread: bool,
    /// The session may be in another database.
    pub(crate) may_have_moved: bool,
    /// The session may belong to another user.
    pub(crate) may_be_anothers: bool,
    /// A call broke off: what the server sends next belongs to nobody. There is no way back.
    pub(crate) is_broken: bool,
}

impl Trail {
    /// Notes that anything may have been done.
    pub(crate) fn lose_sight(&mut self) {
        self.is_used = true;
        self.may_be_unread = true;
        self.may_have_moved = true;
        self.may_be_anothers = true;
    }

    /// Notes what a statement may do to the session beyond what every reset undoes.
    pub(crate) fn note(&mut self, statement: &str) {
        self.may_have_moved |= may_move(statement);
    }

    /// Whether only the server can tell what the session is like.
    pub(crate) fn is_in_doubt(self) -> bool {
        self.may_be_unread || self.may_have_moved || self.may_be_anothers
    }
}

/// Whether a text may bring the session to another database: `USE`, what may hide it, and the end of the database.
///
/// It may say yes wrongly (a column called `use`), which costs a round trip. To say no wrongly is what must not happen:
/// a text that is too long to be worth reading, or that has comments that are executed, is a yes.
fn may_move(text: &str) -> bool {
    const LONGEST: usize = 1 << 16;
    if text.len() > LONGEST {
        return true;
    }
    let bytes = text.as_bytes();
    let is_executed =
        |comment: &[u8]| matches!(comment, [b'/', b'*', b'!', ..] | [b'/', b'*', b'M' | b'm', b'!']);
    if bytes.windows(4).any(is_executed) || bytes.ends_with(b"/*!") {
        return true;
    }
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..);
    let words = || bytes.split(|byte| !is_inside(byte));
    let has = |word: &str| words().any(|found| found.eq_ignore_ascii_case(word.as_bytes()));
    ["use", "call", "execute"].into_iter().any(has) || (has("drop") && (has("database") || has("schema")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_can_bring_a_session_to_another_database_is_noticed() {
        for text in [
            "use other",
            "USE`other`",
            "select 1;Use\tother",
            "/*!50000USE other*/",
            "select 1 /*M!100100 ; use other */",
            "begin not atomic use other; end",
            "execute immediate concat('u', 'se other')",
            "execute stored",
            "call move_me()",
            "drop database test",
            "Drop Schema if exists test",
        ] {
            assert!(may_move(text), "{text}");
        }
        assert!(may_move(&format!("insert into t values ('{}')", "x".repeat(1 << 16))));
    }

    #[test]
    fn everyday_statements_cannot() {
        for text in [
            "select * from users where user_id = ? and reuse = 1",
            "insert into `used` values ('x')",
            "update t set because = 'we may'",
            "drop table t",
            "select database(), schema()",
            "create temporary table t(v int)",
            "start transaction",
            "set @x = 1, session sql_mode = ''",
            "/* a remark */ select 1",
            "select 'g\u{fc}se'",
        ] {
            assert!(!may_move(text), "{text}");
        }
    }
}
