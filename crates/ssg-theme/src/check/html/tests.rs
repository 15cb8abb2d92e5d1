use super::faults;

/// The messages for a body, in a page that is otherwise right.
fn told(body: &str) -> Vec<String> {
    let head = "<head><meta name=viewport content=x><title>t</title></head>";
    let page =
        format!("<!doctype html>\n<html lang=en>{head}<body><main><h1>x</h1>{body}</main></body></html>");
    faults(&page).into_iter().map(|fault| fault.message).collect()
}

#[test]
fn what_browsers_accept_is_no_fault() {
    for body in [
        "<p>a<p>b<ul><li>c<li>d</ul><p>e</p>",
        "<table><tr><td>a<td>b<tr><th>c</table>",
        "<table><caption>x</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        "<dl><div><dt>a</dt><dd>b</dd></div></dl><br><hr><img src=x alt=\"\">",
        "<a href=/x><div>block links are allowed</div></a>",
        "<svg viewBox='0 0 1 1' role=img aria-label=x><path d='M0'/><g><p/></g></svg>",
        "<details><summary><h2>x</h2></summary>y</details>",
        "<script>if (a < b && '</p>') { '<div>' }</script><style>a>b{}</style>",
        "<label>x <input></label><label for=q>y</label><input id=q><input type=hidden>",
        "<p aria-labelledby=z><a href=\"#z\" id=z><img alt=x src=y></a>",
        "<button aria-label=x></button><h2>a</h2><h3>b</h3><h2 id=\"é\">c</h2><a href=\"#%C3%A9\">d</a>",
        "<textarea aria-label=x><div></textarea><p>AT&T &c",
    ] {
        assert_eq!(told(body), [""; 0], "{body}");
    }
}

#[test]
fn each_fault_is_told_once() {
    for (body, message) in [
        ("<div><p>a</p>", "`<div>` is not closed before `</main>`"),
        ("<b><i>a</b></i>", "`<i>` is not closed before `</b>`"),
        ("</div>", "`</div>` closes nothing"),
        ("<p>a<div>b</div></p>", "`<div>` cannot stand within `<p>`"),
        ("<span><div>b</div></span>", "`<div>` cannot stand within `<span>`"),
        ("<h2><p>b</p></h2>", "`<p>` cannot stand within `<h2>`"),
        ("<ul><p>b</p></ul>", "`<p>` cannot stand within `<ul>`"),
        ("<li>b</li>", "`<li>` stands within `<main>`, not directly within `<ul>` or `<ol>` or `<menu>`"),
        ("<a href=x>a<a href=y>b</a></a>", "`<a>` cannot stand within `<a>`"),
        ("<a href=x>a<button>b</button></a>", "`<button>` cannot stand within `<a>`"),
        ("<div/>x</div>", "`<div/>` is not closed by its slash"),
        ("</br>", "`</br>` closes nothing: `<br>` has no content"),
        ("<p id=a>x<p id=a>", "the id `a` is on the page twice"),
        ("<p id='a b'>x", "`a b` is no id"),
        ("<a href=\"#no\">x</a>", "`href` names `no`, which is not on the page"),
        ("<p aria-labelledby=no>x", "`aria-labelledby` names `no`, which is not on the page"),
        ("<img src=x>", "`<img>` has no `alt`"),
        ("<a href=x><img src=x alt=\"\"></a>", "a link has no words"),
        ("<a href=x><span aria-hidden=true>x</span></a>", "a link has no words"),
        ("<button> </button>", "a button has no words"),
        ("<input>", "`<input>` has no label"),
        ("<select id=a></select>", "`<select>` has no label"),
        ("<iframe src=x></iframe>", "`<iframe>` has no `title`"),
        ("<svg role=img><path/></svg>", "a drawing with `role=\"img\"` has no words"),
        ("<h2></h2>", "a heading is empty"),
        ("<h1>y</h1>", "the page has a second `<h1>`"),
        ("<h3>y</h3>", "`<h3>` follows `<h1>`: a level is left out"),
        ("<p class=a class=b>x", "invalid HTML: duplicate attribute"),
        ("<p class=\"a\"id=b>x", "invalid HTML: missing whitespace between attributes"),
    ] {
        let told = told(body);
        assert_eq!(told.first().map(String::as_str), Some(message), "{body}: {told:?}");
        assert!(told.len() == 1, "{body}: {told:?}");
    }
}

#[test]
fn what_a_page_must_have() {
    let messages: Vec<String> = faults("<p>x</p>").into_iter().map(|fault| fault.message).collect();
    for part in ["doctype", "lang", "<title>", "telephones", "<main>", "<h1>"] {
        assert!(messages.iter().any(|message| message.contains(part)), "{part}: {messages:?}");
    }
    assert_eq!(faults("").len(), 1);
    let empty = "<!doctype html><html lang=''><head><meta name=viewport><title> </title></head><main><h1>x</h1></main>";
    let messages: Vec<String> = faults(empty).into_iter().map(|fault| fault.message).collect();
    assert_eq!(messages, ["`<html>` does not say its language", "the page's title is empty"]);
}

#[test]
fn spans_are_those_of_the_tags() {
    let page = "<!doctype html><html lang=en><head><meta name=viewport><title>t</title></head>\
                <main><h1>ä</h1><img src=\"x\"></main>";
    let faults = faults(page);
    assert_eq!(faults.len(), 1);
    let span = faults[0].span;
    assert_eq!(&page[span.start as usize..span.end as usize], "<img src=\"x\">");
}
