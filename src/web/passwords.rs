//! Passwords, hashed on one thread of low priority with one reused buffer, so that a flood
//! of sign-ins costs other pages neither memory nor time.
use crate::base::error::{AppError, Result};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    time::Duration,
};
use tokio::sync::oneshot;

/// Memory in KiB, passes, lanes, and the length of a hash in bytes.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const LENGTH: usize = 32;
const QUEUE: usize = 16;
/// Blocks of 1 KiB that are reserved, not all of them used. An allocation over 32 MiB always goes back to the
/// system when it is dropped: after a smaller one glibc raises its thresholds, keeps what is freed for later,
/// and the process grows by a buffer with every pause between sign-ins (seen: from 70 to 149 MB).
const RESERVED: usize = 33 * 1024;
/// How long the buffer is kept for the next password: a flood reuses it, a quiet server does without.
const KEPT: Duration = Duration::from_secs(5);

enum Job {
    Hash { password: String, done: oneshot::Sender<Option<String>> },
    Check { password: String, hash: Option<String>, done: oneshot::Sender<Checked> },
}

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    Right,
    /// Right, and hashed with other parameters than today's: hash it again.
    RightButOld,
    Wrong,
}

/// The way to the thread.
#[derive(Clone, Debug)]
pub struct Passwords {
    queue: SyncSender<Job>,
}

impl Passwords {
    /// Starts the thread; it ends when the last handle is dropped.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start() -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(QUEUE);
        std::thread::Builder::new().name("passwords".into()).spawn(move || work(&jobs))?;
        Ok(Self { queue })
    }

    /// The hash to keep, in the PHC string format.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (done, answer) = oneshot::channel();
        self.push(Job::Hash { password: password.to_owned(), done })?;
        answer.await.ok().flatten().ok_or_else(|| AppError::internal("no hash was made"))
    }

    /// Whether the password fits the hash. Without a hash (nobody has that address) it costs the same.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] when the queue is full.
    pub async fn check(&self, password: &str, hash: Option<&str>) -> Result<Checked> {
        let (done, answer) = oneshot::channel();
        self.push(Job::Check { password: password.to_owned(), hash: hash.map(str::to_owned), done })?;
        answer.await.map_err(AppError::internal)
    }

    fn push(&self, job: Job) -> Result<()> {
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => AppError::Unavailable("too many people sign in at once".into()),
            TrySendError::Disconnected(_) => AppError::internal("the password thread is gone"),
        })
    }
}

fn work(jobs: &Receiver<Job>) {
    // Pages go first: a failure to lower the priority is no reason not to hash.
    let _lowered = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 10);
    let Ok(params) = Params::new(MEMORY, PASSES, LANES, Some(LENGTH)) else { return };
    let mut hasher = Hasher { memory: Vec::new(), params };
    loop {
        let job = match jobs.recv_timeout(KEPT) {
            Ok(job) => job,
            // Nobody signs in just now: the memory is given back to the system.
            Err(RecvTimeoutError::Timeout) => {
                hasher.memory = Vec::new();
                let Ok(job) = jobs.recv() else { return };
                job
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        match job {
            Job::Hash { password, done } => {
                let _asker_gone = done.send(hasher.hash(&password));
            }
            Job::Check { password, hash, done } => {
                let _asker_gone = done.send(hasher.check(&password, hash.as_deref()));
            }
        }
    }
}

struct Hasher {
    params: Params,
    memory: Vec<Block>,
}

impl Hasher {
    fn hash(&mut self, password: &str) -> Option<String> {
        let mut salt = [0_u8; 16];
        getrandom::fill(&mut salt).ok()?;
        let params = self.params.clone();
        let out = self.raw(params.clone(), password, &salt)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).ok()?,
            salt: Some(Salt::new(&salt).ok()?),
            hash: Some(Output::new(&out).ok()?),
        };
        Some(hash.to_string())
    }

    fn check(&mut self, password: &str, kept: Option<&str>) -> Checked {
        let kept = kept.and_then(|kept| PasswordHash::new(kept).ok());
        let Some((hash, salt, wanted)) = kept.as_ref().and_then(|hash| Some((hash, hash.salt?, hash.hash?))) else {
            let params = self.params.clone();
            let _spent = self.raw(params, password, &[0; 16]);
            return Checked::Wrong;
        };
        let Ok(params) = Params::try_from(hash) else { return Checked::Wrong };
        let as_today = params.m_cost() == MEMORY && params.t_cost() == PASSES && params.p_cost() == LANES;
        match self.raw(params, password, &salt).and_then(|out| Output::new(&out).ok()) {
            // Outputs are compared in constant time.
            Some(out) if out == wanted && as_today => Checked::Right,
            Some(out) if out == wanted => Checked::RightButOld,
            _ => Checked::Wrong,
        }
    }

    fn raw(&mut self, params: Params, password: &str, salt: &[u8]) -> Option<[u8; LENGTH]> {
        if self.memory.capacity() == 0 {
            self.memory.reserve_exact(RESERVED.max(params.block_count()));
        }
        if self.memory.len() < params.block_count() {
            self.memory.resize(params.block_count(), Block::default());
        }
        let mut out = [0_u8; LENGTH];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(password.as_bytes(), salt, &mut out, &mut self.memory)
            .ok()?;
        Some(out)
    }
}
