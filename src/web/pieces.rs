//! Pages put together for one reader, a large part of which is the same for many: that part is compressed once.
//!
//! One gzip member (RFC 1952) of deflate blocks (RFC 1951): head, kept part and tail are compressed apart, so nothing
//! refers back over a seam; all but the last end with a full flush, at a byte's end; the checksum is that of the whole.
//! (Two gzip members one after the other do not work: Chromium drops the second.)

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

use super::cache::takes_gzip;
use crate::error::{Error, Result};

/// What a template writes (`|safe`) where the kept part goes. It cannot come from a person, whose `<` are escaped.
pub const PLACE: &str = "<\u{f8f0}>";

/// gzip (8: deflate), no flags, no time, no system told.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// A part of a page, plain and compressed.
pub struct Piece {
    plain: String,
    deflated: Vec<u8>,
    crc: Crc,
}

impl Piece {
    /// # Errors
    /// Only where the compressor fails, which is a bug.
    pub fn new(plain: String) -> Result<Self> {
        let mut deflated = Vec::new();
        deflate(&mut Compress::new(Compression::fast(), false), plain.as_bytes(), FlushCompress::Full, &mut deflated)?;
        Ok(Self { deflated, crc: crc(&plain), plain })
    }

    /// Its bytes, for a cache's weigher.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.plain.len() + self.deflated.len()).unwrap_or(u32::MAX)
    }

    /// A rendered page with this part in its [`PLACE`].
    pub fn in_page(&self, page: &str) -> Result<String> {
        let (head, tail) = split(page)?;
        Ok([head, &self.plain, tail].concat())
    }

    /// The same under one gzip header.
    fn in_gzip(&self, page: &str) -> Result<Vec<u8>> {
        let (head, tail) = split(page)?;
        let mut out = Vec::with_capacity(self.deflated.len() + page.len() / 2 + 64);
        out.extend_from_slice(&HEADER);
        let mut compress = Compress::new(Compression::fast(), false);
        deflate(&mut compress, head.as_bytes(), FlushCompress::Full, &mut out)?;
        out.extend_from_slice(&self.deflated);
        compress.reset();
        deflate(&mut compress, tail.as_bytes(), FlushCompress::Finish, &mut out)?;
        let mut whole = crc(head);
        whole.combine(&self.crc);
        whole.combine(&crc(tail));
        out.extend_from_slice(&whole.sum().to_le_bytes());
        out.extend_from_slice(&whole.amount().to_le_bytes());
        Ok(out)
    }

    /// A Member's page: nobody else's, so never stored by a cache in between.
    pub fn answer(&self, status: StatusCode, page: &str, headers: &HeaderMap) -> Result<Response> {
        let kind = [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if !takes_gzip(headers) {
            return Ok((status, kind, self.in_page(page)?).into_response());
        }
        let coding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        Ok((status, kind, coding, Bytes::from(self.in_gzip(page)?)).into_response())
    }
}

fn split(page: &str) -> Result<(&str, &str)> {
    page.split_once(PLACE).ok_or_else(|| Error::bug("a page without the place of its kept part"))
}

fn crc(text: &str) -> Crc {
    let mut crc = Crc::new();
    crc.update(text.as_bytes());
    crc
}

/// Compresses all of `input` behind what `out` holds.
fn deflate(compress: &mut Compress, input: &[u8], flush: FlushCompress, out: &mut Vec<u8>) -> Result<()> {
    let before = compress.total_in();
    loop {
        out.reserve(input.len() / 2 + 64);
        let done = usize::try_from(compress.total_in() - before).unwrap_or(input.len());
        compress.compress_vec(&input[done..], out, flush).map_err(Error::bug)?;
        let all_in = compress.total_in() - before == input.len() as u64;
        // Room left over says that the flush has come out whole.
        if all_in && out.len() < out.capacity() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn unpacked_it_is_the_page(head in ".{0,2000}", part in "(.{0,40}<li>){0,60}", tail in ".{0,2000}") {
            prop_assume!(!head.contains(PLACE) && !tail.contains(PLACE));
            let piece = Piece::new(part.clone()).unwrap();
            let page = format!("{head}{PLACE}{tail}");
            let expected = format!("{head}{part}{tail}");
            prop_assert_eq!(&piece.in_page(&page).unwrap(), &expected);
            let packed = piece.in_gzip(&page).unwrap();
            let mut unpacked = String::new();
            // A decoder of one member: it checks the checksum and the length.
            flate2::bufread::GzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).unwrap();
            prop_assert_eq!(unpacked, expected);
        }
    }

    #[test]
    fn a_page_without_the_place_is_a_bug() {
        assert!(Piece::new("x".into()).unwrap().in_page("<p>").is_err());
    }
}
