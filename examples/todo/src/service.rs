//! The life of the service: it opens its database, listens, serves, and ends in order.
#![expect(clippy::print_stdout, reason = "whoever started the service reads where it listens")]

use std::{error::Error, time::Duration};

use tokio::{net::TcpListener, runtime::Runtime, select, sync::oneshot, task::spawn_blocking, time::sleep};

use crate::{
    app::App,
    database::{self, Pool},
    options::Options,
    routes, shutdown,
};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How long the connections may take to close when nobody is served any more.
const CLOSING: Duration = Duration::from_secs(1);

/// Runs until it is told to end.
pub(crate) fn run(options: &Options) -> Result<()> {
    let pool = database::open(options)?;
    let runtime = Runtime::new()?;
    let ended = runtime.block_on(serve(pool, options));
    // A runtime that is dropped waits for blocking work without a limit. That which is late was named already.
    runtime.shutdown_background();
    ended
}

async fn serve(pool: Pool, options: &Options) -> Result<()> {
    let app = App::new(pool.clone(), options.connections);
    let listener = TcpListener::bind(options.listen).await.map_err(|error| {
        format!("cannot listen on {}: {error}; --listen names another address", options.listen)
    })?;
    let asked_for = shutdown::asked_for()?;
    println!("listening on http://{}", listener.local_addr()?);

    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, routes::all(app)).with_graceful_shutdown(async {
        let _ = stopped.await;
    });
    let overdue = async {
        asked_for.await;
        println!("ending: requests that are running have {:?}", options.grace);
        drop(stop); // no new connection is accepted from here on
        sleep(options.grace).await;
    };
    select! {
        served = server => served?,
        () = overdue => println!("requests are running still"),
    }
    spawn_blocking(move || pool.close_and_wait(CLOSING)).await??;
    println!("the pool is closed");
    Ok(())
}
