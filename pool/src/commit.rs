//! `Commit`: what a driver must be able to do to commit on return.

use crate::manager::Manager;

/// A manager that can commit: for pools that keep what their users left uncommitted, instead of rolling it back.
///
/// A trait of its own, so that no pool commits by default or by mistake: only
/// [`Builder::commit_on_return`](crate::Builder::commit_on_return) asks for it.
///
/// ```
/// use cenote::{Commit, Manager};
/// use std::convert::Infallible;
/// use std::time::Duration;
///
/// /// A book of which each connection has a copy.
/// #[derive(Default)]
/// struct Book(std::sync::Mutex<Vec<String>>);
///
/// impl Manager for Book {
///     type Connection = Vec<String>;
///     type Error = Infallible;
///
///     fn connect(&self, _: Duration) -> Result<Vec<String>, Infallible> {
///         Ok(Vec::new())
///     }
///
///     fn rollback(&self, unwritten: &mut Vec<String>) -> Result<(), Infallible> {
///         unwritten.clear();
///         Ok(())
///     }
///
///     fn is_valid(&self, _: &mut Vec<String>, _: Duration) -> Result<(), Infallible> {
///         Ok(())
///     }
/// }
///
/// impl Commit for Book {
///     fn commit(&self, unwritten: &mut Vec<String>) -> Result<(), Infallible> {
///         self.0.lock().unwrap().append(unwritten);
///         Ok(())
///     }
/// }
///
/// let pool = cenote::Pool::builder(Book::default()).commit_on_return().build()?;
/// pool.get()?.push("a line".into());
/// assert_eq!(*pool.manager().0.lock().unwrap(), ["a line"]);
/// # Ok::<(), cenote::Error<Infallible>>(())
/// ```
pub trait Commit: Manager {
    /// Commits what is open, if anything is, and leaves the connection as clean as
    /// [`rollback`](Manager::rollback) would. Called instead of it when a connection comes home, also when the
    /// connection is closed afterwards; never after a panic. May block.
    ///
    /// After an error the connection is closed: what could not be committed is lost, as the error in the log says.
    fn commit(&self, conn: &mut Self::Connection) -> Result<(), Self::Error>;
}
