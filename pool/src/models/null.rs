//! Models of the store that keeps nothing: one that has shut it and counts nobody is right for good.

use super::bounds::{join, model, seen};
use super::model_pool::Patience::DoesNotWait;
use super::model_pool::{Got, ModelPool, Value};
use crate::id::PoolId;
use crate::strategy::{Null, Shares};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn nobody_opens_after_it_was_shut_and_all_were_gone() {
    let sights = ["it was lent", "it was closed", "it was over at once"];
    model("two callers and one that shuts", 3, &sights, || {
        let id = PoolId::next();
        let pool: Arc<ModelPool<<Null as Shares>::Store<Value>>> =
            ModelPool::new(id, Null::new().store::<Value>(id));
        let over = Arc::new(AtomicBool::new(false));
        let callers = [(); 2].map(|()| {
            let over = Arc::clone(&over);
            pool.spawn(move |pool| {
                let got = pool.check_out(DoesNotWait);
                match got {
                    Got::Place(_) => {
                        assert!(!over.load(Ordering::Relaxed), "opened after the end");
                        seen("it was lent");
                    }
                    _ => seen("it was closed"),
                }
                pool.check_in(got);
            })
        });
        pool.close();
        if pool.tally().places == 0 {
            over.store(true, Ordering::Relaxed);
            seen("it was over at once");
        }
        for caller in callers {
            join(caller);
        }
        assert_eq!(pool.idle_at_rest(), 0);
    });
}
