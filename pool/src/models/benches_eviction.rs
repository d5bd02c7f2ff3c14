//! Models of benches that exceed what is kept: whose value goes, and whose stays.

use super::benches_pool::benches;
use super::bounds::{join, model, seen};
use super::model_pool::Got;
use super::model_pool::Patience::DoesNotWait;

#[test]
fn a_return_that_meets_one_more_place_is_taken_away_or_seen_as_surplus() {
    let sights = ["it was taken away", "it was seen as surplus"];
    model("one kept; one comes home while another thread opens", 5, &sights, || {
        let pool = benches(1);
        let mine = pool.filled(pool.check_out(DoesNotWait));
        let other = pool.spawn(|pool| pool.filled(pool.check_out(DoesNotWait)));
        let kept = pool.check_in(mine);
        let theirs = join(other);
        let tally = pool.tally();
        seen(if kept { "it was taken away" } else { "it was seen as surplus" });
        assert!(tally.places <= 1 || tally.idle == 0, "one is idle, and one beyond what is kept is out");
        pool.check_in(theirs);
        assert!(pool.idle_at_rest() <= 1);
    });
}

#[test]
fn two_threads_with_one_value_between_them_lose_nothing_and_keep_one() {
    model("one kept; two threads come and go", 4, &[], || {
        let pool = benches(1);
        pool.check_in(pool.check_out(DoesNotWait));
        let other = pool.spawn(|pool| {
            pool.check_in(pool.check_out(DoesNotWait));
            pool.check_in(pool.check_out(DoesNotWait))
        });
        pool.check_in(pool.check_out(DoesNotWait));
        pool.check_in(pool.check_out(DoesNotWait));
        join(other);
        assert!(pool.idle_at_rest() <= 1);
    });
}

#[test]
fn a_thread_that_ends_and_one_that_takes_its_value_away_leave_one_empty_bench() {
    model("one kept; a thread ends while another opens", 4, &["taken away", "too late"], || {
        let pool = benches(1);
        let mine = pool.filled(pool.check_out(DoesNotWait));
        let other = pool.spawn(|pool| pool.filled(pool.check_out(DoesNotWait)));
        pool.check_in(mine);
        seen(if pool.tally().idle == 1 { "too late" } else { "taken away" });
        pool.depart();
        let theirs = join(other);
        assert!(matches!(theirs, Got::Value(..)));
        pool.assert_no_bench_is_had_twice();
        pool.check_in(theirs);
        assert_eq!(pool.idle_at_rest(), 1);
    });
}

#[test]
fn three_threads_with_one_value_among_them_lose_nothing_and_keep_one() {
    model("one kept; three threads come and go", 3, &[], || {
        let pool = benches(1);
        let others = [(); 2].map(|()| pool.spawn(|pool| pool.check_in(pool.check_out(DoesNotWait))));
        pool.check_in(pool.check_out(DoesNotWait));
        for other in others {
            join(other);
        }
        assert!(pool.idle_at_rest() <= 1);
    });
}
