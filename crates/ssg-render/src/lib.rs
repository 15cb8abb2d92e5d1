//! Renders a site: receives bytes, returns bytes.

pub mod outputs;
