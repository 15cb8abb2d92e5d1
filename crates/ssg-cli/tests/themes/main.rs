//! `ssg theme` as a process: broken themes with what is said of them, and themes fetched by git.

mod broken;
mod commands;
mod fetch;
mod hostile;
mod ours;
mod repository;
mod update;
