//! Pages compressed on their way out: zstd where the browser takes it, else brotli.
use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;
use std::{cell::RefCell, io::Write};

/// Below this many bytes compression costs more than it saves.
const WORTH_IT: usize = 600;

thread_local! {
    // A zstd context is some 100 kB and slow to make; each worker thread keeps one.
    static ZSTD: RefCell<Option<zstd::bulk::Compressor<'static>>> = const { RefCell::new(None) };
}

/// Compresses text that is not yet.
pub async fn pages(request: Request, next: Next) -> Response {
    let accepts = Accepts::read(request.headers());
    let response = next.run(request).await;
    let headers = response.headers();
    let is_text = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/"));
    if !is_text
        || headers.contains_key(header::CONTENT_ENCODING)
        || headers.contains_key(header::VARY)
        || !(accepts.zstd || accepts.brotli)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(whole) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return Response::from_parts(parts, Body::empty());
    };
    parts.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if whole.len() < WORTH_IT {
        return Response::from_parts(parts, Body::from(whole));
    }
    let packed =
        if accepts.zstd { zstd_of(&whole).map(|b| ("zstd", b)) } else { brotli_of(&whole, 4).map(|b| ("br", b)) };
    match packed {
        Some((name, bytes)) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(bytes))
        }
        None => Response::from_parts(parts, Body::from(whole)),
    }
}

/// Which encodings a browser takes.
#[derive(Debug, Clone, Copy)]
pub struct Accepts {
    pub zstd: bool,
    pub brotli: bool,
}

impl Accepts {
    pub fn read(headers: &HeaderMap) -> Self {
        let offered = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let takes = |name: &str| {
            offered.split(',').any(|part| {
                let mut words = part.split(';');
                words.next().is_some_and(|word| word.trim() == name) && !words.any(|q| q.trim() == "q=0")
            })
        };
        Self { zstd: takes("zstd"), brotli: takes("br") }
    }
}

fn zstd_of(bytes: &Bytes) -> Option<Vec<u8>> {
    ZSTD.with(|kept| {
        let mut kept = kept.borrow_mut();
        if kept.is_none() {
            *kept = zstd::bulk::Compressor::new(3).ok();
        }
        kept.as_mut()?.compress(bytes).ok()
    })
}

/// Brotli at a quality from 0 to 11.
pub fn brotli_of(bytes: &[u8], quality: u32) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, quality, 22);
    writer.write_all(bytes).ok()?;
    drop(writer);
    Some(packed)
}
