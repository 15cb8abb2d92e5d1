// Starts `ssg lsp` where a folder of the workspace is a site.

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const files = await vscode.workspace.findFiles("ssg.toml", null, 1);
  if (files.length === 0) return;
  const folder = vscode.workspace.getWorkspaceFolder(files[0]);
  const command = vscode.workspace.getConfiguration("ssg").get("path", "ssg");
  const run = { command, args: ["lsp"], options: { cwd: folder.uri.fsPath } };
  const pattern = (glob) => ({ scheme: "file", pattern: new vscode.RelativePattern(folder, glob) });
  const globs = ["ssg.toml", "content/**/*.{md,markdown,html}", "templates/**", "themes/**", "data/**", "i18n/**"];
  client = new LanguageClient("ssg", "ssg", { run, debug: run }, {
    documentSelector: globs.map(pattern),
    workspaceFolder: folder,
  });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`ssg: the language server does not start: ${error.message}`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(vscode.commands.registerCommand("ssg.restart", restart));
  await start();
}

module.exports = { activate, deactivate: stop };
