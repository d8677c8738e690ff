//! Writes every page, in every language, under a folder: `cargo run -p gouvernail-web --example gallery -- DIR`.

use std::{error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let dir: PathBuf = std::env::args_os().nth(1).ok_or("name the folder to write: gallery DIR")?.into();
    let style = dir.join(gouvernail_web::STYLE_PATH.trim_start_matches('/'));
    fs::create_dir_all(style.parent().ok_or("the style sheet has no folder")?)?;
    fs::write(&style, gouvernail_web::STYLE)?;
    fs::write(dir.join(gouvernail_web::DRAFT_PATH.trim_start_matches('/')), gouvernail_web::DRAFT)?;
    let pages = gouvernail_web::gallery::all()?;
    for page in &pages {
        let folder = dir.join(page.lang.tag());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{}.html", page.name)), &page.html)?;
    }
    println!("{} pages in {}", pages.len(), dir.display());
    Ok(())
}
