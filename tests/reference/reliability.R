# Alpha, its Feldt interval, item statistics and omega by R's psych package.
# Rscript reliability.R DATA OUT: reads DATA/reliability-answers.csv, writes
# OUT/reliability-expected.csv and adds psych to OUT/versions.csv.
suppressMessages(library(psych))
quiet <- function(x) suppressWarnings(suppressMessages(x))
where <- commandArgs(TRUE)
d <- read.csv(file.path(where[1], "reliability-answers.csv"))
rows <- list()
put <- function(unit, quantity, value)
  rows[[length(rows) + 1]] <<- c(unit, quantity, sprintf("%.17g", as.numeric(value)))
for (unit in unique(d$unit)) for (mode in c("pairwise", "complete")) {
  e <- d[d$unit == unit, -1]
  e <- e[sapply(e, function(x) var(x, na.rm = TRUE) > 0)]
  if (mode == "complete") e <- e[complete.cases(e), ]
  p <- function(quantity, value) put(unit, paste(mode, quantity, sep = "_"), value)
  a <- quiet(alpha(e, check.keys = FALSE, warnings = FALSE))
  p("alpha_raw", a$total$raw_alpha); p("alpha_n", nrow(e))
  p("alpha_feldt_lo", unlist(a$feldt$lower.ci)[1]); p("alpha_feldt_hi", unlist(a$feldt$upper.ci)[1])
  for (item in rownames(a$item.stats)) {
    p(paste0("r_drop_", item), a$item.stats[item, "r.drop"])
    p(paste0("raw_r_", item), a$item.stats[item, "raw.r"])
  }
  f <- quiet(fa(e, nfactors = 1, fm = "minres")); l <- as.vector(f$loadings)
  p("omega_total_minres1", sum(l)^2 / (sum(l)^2 + sum(f$uniquenesses)))
}
table <- as.data.frame(do.call(rbind, rows)); names(table) <- c("unit", "quantity", "value")
write.csv(table, file.path(where[2], "reliability-expected.csv"), row.names = FALSE, quote = FALSE)
cat(sprintf("psych,%s\n", packageVersion("psych")), file = file.path(where[2], "versions.csv"), append = TRUE)
