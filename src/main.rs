//! The `solieu` program: see `surface::cli`.

fn main() -> std::process::ExitCode {
    solieu::surface::cli::main()
}
