//! What templates can use besides what themes bring: our functions, filters and tests, put together for the
//! engine, which knows none of them.

use crate::engine::Builtins;
use crate::{addresses, filters, functions, reference};

/// All of it.
pub(crate) const BUILTINS: &Builtins = &Builtins {
    register: |tera| {
        filters::register(tera);
        addresses::register(tera);
        functions::register(tera);
    },
    check_address: addresses::register_check,
    filters: || reference::filter_names().collect(),
    functions: || reference::function_names().collect(),
    tests: || reference::test_names().collect(),
    values: || reference::variable_names().chain(reference::field_names()).collect(),
};
