//! Models of those who come later than one that waits and take what was promised to it: it is served all the same.

use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::{self, DoesNotWait, ForEver, UntilDeadline};
use super::stock_pool::{StockPool, stock};

#[test]
fn one_that_is_overtaken_is_served_by_the_next_return() {
    let sights = ["the waiter was overtaken", "a caller waited"];
    comes_again("one returns and comes again while another wakes up", &sights, ForEver);
}

#[test]
fn one_that_is_overtaken_leaves_at_its_deadline_as_any_other() {
    let sights = ["the waiter was overtaken", "the deadline passed"];
    comes_again("one returns and comes again while another leaves", &sights, UntilDeadline);
}

/// What comes home by its slot in the moment of the overtaking is not left there. The overtaker holds on until the other
/// is served.
#[test]
fn one_that_is_overtaken_has_what_else_comes_home() {
    let sights = ["the waiter was overtaken"];
    model("one comes again while another wakes up and a second value comes home", 3, &sights, || {
        let pool = stock(2, 2, 2);
        let (mine, others) = (pool.check_out(DoesNotWait), pool.check_out(DoesNotWait));
        let waiter = pool.spawn_at(0, |pool| pool.check_in(pool.check_out(ForEver)));
        let returner = pool.spawn_at(1, |pool| pool.check_in(others));
        pool.check_in(mine);
        let again = pool.check_out(ForEver);
        tell(&pool);
        join(waiter);
        pool.check_in(again);
        join(returner);
        assert_eq!(pool.idle_at_rest(), 2);
        assert_eq!(pool.store.attention(), 0);
    });
}

/// One returns the only value and takes it again while another, who waits so long, is woken up.
fn comes_again(title: &str, sights: &[&'static str], patience: Patience) {
    model(title, 4, sights, move || {
        let pool = stock(1, 1, 1);
        let mine = pool.check_out(DoesNotWait);
        let other = pool.spawn_at(0, move |pool| {
            let got = pool.check_out(patience);
            if matches!(got, Got::TooLate) {
                seen("the deadline passed");
            }
            pool.check_in(got);
        });
        pool.check_in(mine);
        let again = pool.check_out(ForEver);
        tell(&pool);
        pool.check_in(again);
        join(other);
        assert_eq!(pool.idle_at_rest(), 1);
        assert_eq!(pool.store.attention(), 0);
    });
}

fn tell(pool: &StockPool) {
    if pool.store.overtaking() > 0 {
        seen("the waiter was overtaken");
    }
}
