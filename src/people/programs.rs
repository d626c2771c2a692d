//! Browsers by name: what a person recognises in the list of their sessions.

/// Marks in a User-Agent (RFC 9110, 10.1.5) and the name of their program, the most telling first: nearly every browser
/// also calls itself those that came before it.
const PROGRAMS: &[(&str, &str)] =
    &[("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

const SYSTEMS: &[(&str, &str)] =
    &[("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

/// "Firefox · Windows"; what is not known keeps its own words, up to the first space.
pub fn program_name(agent: &str) -> String {
    let of = |marks: &[(&str, &'static str)]| marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (of(PROGRAMS), of(SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(program), None) => program.to_owned(),
        _ => agent.split(' ').next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::program_name;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0";
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
        assert_eq!(program_name(safari), "Safari · iPhone");
        assert_eq!(program_name(edge), "Edge · Windows");
        assert_eq!(program_name(firefox), "Firefox · Linux");
        assert_eq!(program_name("curl/8.5.0"), "curl/8.5.0");
    }
}
