-- The language server of ssg in Neovim 0.8 to 0.10. Copy the lines into `init.lua`.

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "toml", "html", "htmldjango" },
  callback = function(event)
    local folder = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf))
    local found = vim.fs.find("ssg.toml", { upward = true, path = folder })[1]
    if found then
      vim.lsp.start({ name = "ssg", cmd = { "ssg", "lsp" }, root_dir = vim.fs.dirname(found) })
    end
  end,
})
