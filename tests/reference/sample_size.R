# The smallest numbers of respondents, by trying one after the other: Rscript sample_size.R > data/sample_size.csv
cat("kind,deviation,aim,population,earlier_n,level,size\n")
row <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
left <- function(n, N) if (is.na(N)) 1 else 1 - n / N
told <- function(N) if (is.na(N)) "" else N

for (S in c(1, 4.5, 8, 15)) for (E in c(0.5, 1.5, 3)) for (N in c(NA, 40, 812, 20000)) for (level in c(0.95, 0.9)) {
  n <- 2
  while (qt((1 + level) / 2, n - 1) * S * sqrt(left(n, N) / n) > E && n < 20000) n <- n + 1
  row("margin", S, E, told(N), "", level, n)
}

# Both years n: stats::power.t.test, rounded up.
for (S in c(6.5, 8, 12)) for (d in c(1.5, 2, 5)) {
  n <- ceiling(power.t.test(delta = d, sd = S, power = 0.8)$n)
  row("equal", S, d, "", n, 0.95, n)
}

# Last year's n0 is given: noncentral t, Satterthwaite's df.
power <- function(n, S, d, n0, N, level) {
  own <- S^2 / n * left(n, N); earlier <- S^2 / n0
  df <- (own + earlier)^2 / (own^2 / (n - 1) + earlier^2 / (n0 - 1))
  pt(qt((1 + level) / 2, df), df, d / sqrt(own + earlier), lower.tail = FALSE)
}
for (S in c(4.5, 8)) for (d in c(2, 4)) for (n0 in c(30, 120, 300)) for (N in c(NA, 400)) {
  most <- if (is.na(N)) 50000 else N
  n <- 2
  while (n < most && power(n, S, d, n0, N, 0.95) < 0.8) n <- n + 1
  row("change", S, d, told(N), n0, 0.95, if (power(n, S, d, n0, N, 0.95) < 0.8) "" else n)
}
