//! What several tests need.

/// The code inside a block's HTML: tags taken out, references undone.
pub fn code_of(html: &str) -> String {
    let start = html.find("<code").expect("a code element");
    let end = html.rfind("</code>").expect("its end");
    let (mut text, mut tag) = (String::new(), false);
    for c in html[start..end].chars() {
        match c {
            '<' => tag = true,
            '>' if tag => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
