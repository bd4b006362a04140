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

# Half the width of the project's pseudo-beta interval (docs/methodology.md, section 3), quantiles by qbeta.
B <- function(q, m, v) if (v <= 0 || m <= 0 || m >= 1) min(max(m, 0), 1) else { k <- m * (1 - m) / v - 1; if (k <= 0) as.numeric(q > 0.5) else qbeta(q, m * k, (1 - m) * k) }
half <- function(x, S, n, N, level) {
  q <- (1 + level) / 2; u <- left(n, N); m <- (100 - x) / 75
  v <- (S * sqrt(u / n) / 75 * qt(q, n - 1) / qnorm(q))^2; a <- (1 - m) / n / 4; b <- m / n / 4
  75 * (max(m, B(q, m + u * a, v + u * a^2)) - min(m, B(1 - q, m - u * b, v + u * b^2))) / 2
}
for (x in c(80, 95, 98.5)) for (S in c(4.5, 8)) for (E in c(1.5, 3)) for (N in c(NA, 40, 812)) {
  n <- 2
  while (half(x, S, n, N, 0.95) > E && n < 20000) n <- n + 1
  row(paste0("interval-", x), S, E, told(N), "", 0.95, n)
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
