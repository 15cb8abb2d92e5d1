-- What an author does in Neovim: see a problem, have a speaker completed, rename a tool. What is seen is written to the
-- file that the environment names, one line each.

local root, program, report = vim.env.SSG_SITE, vim.env.SSG_PROGRAM, vim.env.SSG_REPORT
local lines = {}

local function tell(what)
  table.insert(lines, what)
  vim.fn.writefile(lines, report)
end

local function wait(what, is_there)
  if not vim.wait(60000, is_there, 50) then
    tell("never: " .. what)
    vim.cmd("cquit 1")
  end
end

local config = { name = "ssg", cmd = { program, "lsp" }, root_dir = root }
vim.cmd("edit " .. root .. "/content/posts/recap.md")
if vim.lsp.start then
  vim.lsp.start(config)
else
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end

-- A problem, while nothing is saved.
vim.api.nvim_buf_set_lines(0, 3, 4, false, { "events: [2016-tornto]" })
wait("a diagnostic", function()
  return #vim.diagnostic.get(0) > 0
end)
local problem = vim.diagnostic.get(0)[1]
tell("problem at " .. problem.lnum .. ":" .. problem.col .. ": " .. problem.message:gsub("\n", " / "))
vim.api.nvim_buf_set_lines(0, 3, 4, false, { "events: [2016-toronto]" })
wait("no diagnostic", function()
  return #vim.diagnostic.get(0) == 0
end)
tell("mended")

-- A speaker.
local function ask(method, line, character)
  local params = vim.lsp.util.make_text_document_params(0)
  local position = { line = line, character = character }
  local answers = vim.lsp.buf_request_sync(0, method, { textDocument = params, position = position }, 60000)
  for _, answer in pairs(answers or {}) do
    return answer.result
  end
end
vim.api.nvim_buf_set_lines(0, 6, 7, false, { "  - An" })
local offered = ask("textDocument/completion", 6, 6)
for _, item in ipairs(offered.items) do
  tell("offered " .. item.label)
  vim.lsp.util.apply_text_edits({ item.textEdit }, 0, "utf-16")
end
tell("line " .. vim.api.nvim_buf_get_lines(0, 6, 7, false)[1])

-- A tool, on all pages.
vim.api.nvim_win_set_cursor(0, { 5, 9 })
vim.lsp.buf.rename("Chef Infra")
wait("a new name", function()
  return vim.api.nvim_buf_get_lines(0, 4, 5, false)[1]:find("Chef Infra", 1, true) ~= nil
end)
vim.cmd("wall")
tell("renamed")
vim.cmd("qall!")
