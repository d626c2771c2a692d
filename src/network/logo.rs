//! The network's logo: what was sent is looked at, made small, and written anew as a PNG, so that nothing else of the file
//! (metadata, a second image, bytes behind the end) is ever served. Slow: call it off the async threads.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use crate::error::Say;
use crate::limits::{LOGO, LOGO_PIXELS};

/// Pixels of what is kept: four times what the bar shows, for dense screens and room to grow.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 160;
/// Bytes that decoding may take.
const MEMORY: u64 = 128 * 1024 * 1024;

/// A logo ready to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Of the file, in hexadecimal: its name.
    pub hash: String,
    /// The PNG, as base64: text is what a backup knows how to keep.
    pub png: String,
    pub width: u32,
    pub height: u32,
}

/// Makes a logo of a file.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn made(bytes: &[u8]) -> Result<Made, Say> {
    let unreadable = |_| Say::new("wrong-logo-kind");
    let large = || Say::new("wrong-logo-large").with("megabytes", LOGO / 1_000_000).with("pixels", LOGO_PIXELS);
    if bytes.len() > LOGO {
        return Err(large());
    }
    // By its first bytes, never by its name.
    let format = image::guess_format(bytes).map_err(unreadable)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP) {
        return Err(Say::new("wrong-logo-kind"));
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(LOGO_PIXELS), Some(LOGO_PIXELS), Some(MEMORY));
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let too_large = |error: image::ImageError| if matches!(error, image::ImageError::Limits(_)) { large() } else { Say::new("wrong-logo-kind") };
    let mut decoder = reader.into_decoder().map_err(too_large)?;
    let orientation = decoder.orientation().map_err(too_large)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(too_large)?;
    picture.apply_orientation(orientation);
    if picture.width() > WIDTH || picture.height() > HEIGHT {
        picture = picture.resize(WIDTH, HEIGHT, FilterType::Lanczos3);
    }
    let mut png = Vec::new();
    let plain = DynamicImage::ImageRgba8(picture.to_rgba8());
    plain.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(unreadable)?;
    let hash = Sha256::digest(&png).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Ok(Made { hash, png: STANDARD.encode(&png), width: plain.width(), height: plain.height() })
}

/// The bytes that are served.
///
/// # Errors
/// Where the row holds no base64, which is a bug.
pub fn bytes(png: &str) -> crate::error::Result<Vec<u8>> {
    STANDARD.decode(png).map_err(crate::error::Error::bug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 255) as u8, (y % 255) as u8, 90])));
        picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    #[test]
    fn each_kind_becomes_a_png_of_a_sensible_size() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let made = made(&file(1600, 400, format)).unwrap();
            assert_eq!((made.width, made.height), (640, 160));
            assert_eq!(image::guess_format(&bytes(&made.png).unwrap()).unwrap(), ImageFormat::Png);
        }
        // What is small stays as it is.
        assert_eq!(made(&file(40, 30, ImageFormat::Png)).unwrap().height, 30);
    }

    #[test]
    fn what_hangs_behind_a_picture_is_gone() {
        let mut file = file(40, 30, ImageFormat::Png);
        file.extend_from_slice(b"<script>alert(1)</script>");
        let made = made(&file).unwrap();
        assert!(!bytes(&made.png).unwrap().windows(7).any(|window| window == b"<script"));
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused_with_words() {
        let key = |bytes: &[u8]| made(bytes).unwrap_err().key;
        assert_eq!(key(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "wrong-logo-kind");
        assert_eq!(key(b"GIF89a trailing"), "wrong-logo-kind");
        assert_eq!(key(&file(40, 30, ImageFormat::Png)[..60]), "wrong-logo-kind");
        assert_eq!(key(&vec![0; LOGO + 1]), "wrong-logo-large");
        assert_eq!(key(&file(LOGO_PIXELS + 1, 1, ImageFormat::Png)), "wrong-logo-large");
    }
}
