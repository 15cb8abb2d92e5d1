# The program for Nix: `nix run .`, `nix profile install .`, or as an input of another flake. Tests stay with the
# repository (`.ci/run`); they want more than a sandbox has.
{
  description = "A static site generator for blogs about DevOps events";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = f: nixpkgs.lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
      manifest = builtins.fromTOML (builtins.readFile ./Cargo.toml);
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "ssg";
          version = manifest.workspace.package.version;
          src = ./.;
          cargoLock.lockFile = ./Cargo.lock;
          cargoBuildFlags = [ "--package" "ssg-cli" ];
          # What packages of releases have.
          buildFeatures = [ "cards" "external" "lsp" "pictures" ];
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/ssg manual man
            installManPage man/*.1
            for shell in bash fish zsh; do
              $out/bin/ssg completions $shell > ssg.$shell
            done
            installShellCompletion --cmd ssg --bash ssg.bash --fish ssg.fish --zsh ssg.zsh
          '';
          meta = {
            description = "Static site generator for blogs about DevOps events";
            license = with pkgs.lib.licenses; [ mit asl20 ];
            mainProgram = "ssg";
          };
        };
      });

      devShells = each (pkgs: {
        default = pkgs.mkShell {
          packages = with pkgs; [ cargo clippy just mdbook rustc rustfmt ];
        };
      });
    };
}
