# Index, standard error, df and t limits by R's survey package, for the tests beside it.
# Rscript oracle.R DATA OUT: reads DATA/responses.csv, samples.csv, instruments.csv,
# writes OUT/expected.csv, expected_samples.csv, expected_api.csv, versions.csv.
suppressMessages(library(survey))
options(survey.lonely.psu = "remove", stringsAsFactors = FALSE)
where <- commandArgs(TRUE)
from <- function(name) read.csv(file.path(where[1], name), colClasses = c(stratum = "character"))
rows <- list()
put <- function(unit, quantity, value) {
  told <- if (is.na(value)) "" else sprintf("%.17g", as.numeric(value))
  rows[[length(rows) + 1]] <<- c(unit, quantity, told)
}
save_rows <- function(name) {
  table <- as.data.frame(do.call(rbind, rows))
  names(table) <- c("unit", "quantity", "value")
  write.csv(table, file.path(where[2], name), row.names = FALSE, quote = FALSE)
  rows <<- list()
}
put_estimate <- function(unit, name, est, se, df) {
  put(unit, paste0(name, "_est"), est)
  put(unit, paste0(name, "_se"), se)
  put(unit, paste0(name, "_df"), df)
  if (is.finite(se) && df > 0) {
    put(unit, paste0(name, "_lo"), est - qt(.975, df) * se)
    put(unit, paste0(name, "_hi"), est + qt(.975, df) * se)
  }
}

# Answers y, whether answered d, and each respondent's own index: over the items he
# answered (own), over complete sheets only (full).
prepare <- function(e, items, w, factor) {
  y <- as.matrix(e[items]); d <- 1 * !is.na(y); y[is.na(y)] <- 0
  e[paste0("y", seq_along(items))] <- y
  e[paste0("d", seq_along(items))] <- d
  e$own <- factor * as.vector(y %*% w) / as.vector(d %*% w)
  e$full <- ifelse(rowSums(d) == length(items), factor * as.vector(y %*% w), NA)
  e$one <- 1
  e
}
# Ratio of sums per item, jointly linearised by the package itself.
ratio_of_sums <- function(design, w, factor) {
  k <- length(w)
  names <- c(paste0("y", 1:k), paste0("d", 1:k))
  sums <- svytotal(as.formula(paste("~", paste(names, collapse = "+"))), design)
  if (any(coef(sums)[paste0("d", 1:k)] == 0)) return(c(NA, NA))
  terms <- paste(sprintf("%.17g*y%d/d%d", w, 1:k, 1:k), collapse = "+")
  index <- parse(text = sprintf("%.17g*(%s)", factor, terms))[[1]]
  found <- svycontrast(sums, list(index = index))
  c(coef(found), SE(found))
}
# All three rules for blanks under one design. `alone`: strata with one unit of
# selection, whose standard error the package leaves out.
compare <- function(unit, suffix, design, w, factor, df, alone = FALSE) {
  hide <- function(se) if (alone) NA else se
  r <- ratio_of_sums(design, w, factor)
  put_estimate(unit, paste0("RS_", suffix), r[1], hide(r[2]), df)
  m <- svymean(~own, design)
  put_estimate(unit, paste0("PM_", suffix), coef(m), hide(SE(m)), df)
  if (sum(!is.na(design$variables$full)) > 1) {
    m <- svymean(~full, design, na.rm = TRUE)
    put_estimate(unit, paste0("CC_domain_", suffix), coef(m), hide(SE(m)), df)
  }
  r
}

# ---- the two simulated cities ------------------------------------------------------
d <- from("responses.csv")
d$city <- sub("-.*", "", d$unit)
items <- paste0("u", 1:9); w <- rep(1/9, 9)
d <- prepare(d, items, w, 25)
d$cell <- paste(d$unit, d$stratum)
people <- unique(d[c("unit", "stratum", "N")])
d$Nunit <- as.numeric(tapply(people$N, people$unit, sum)[d$unit])
units <- list()
for (unit in sort(unique(d$unit))) {
  e <- d[d$unit == unit, ]; n <- nrow(e); strata <- length(unique(e$stratum))
  put(unit, "n", n); put(unit, "N", e$Nunit[1])
  for (item in items) {
    put(unit, paste0("mean_", item), if (all(is.na(e[[item]]))) NA else mean(e[[item]], na.rm = TRUE))
    put(unit, paste0("n_", item), sum(!is.na(e[[item]])))
  }
  put(unit, "ikm_w0.111", 25 * sum(0.111 * sapply(e[items], mean, na.rm = TRUE)))
  if (n < 2) {  # the package refuses a single unit of selection
    units[[unit]] <- list(city = e$city, N = e$Nunit, srs = c(e$full, NA), strat = c(e$full, NA), df = c(0, 0))
    for (s in c("srs_nofpc", "srs_fpc", "strat_fpc")) put_estimate(unit, paste0("RS_", s), e$full, NA, 0)
    next
  }
  alone <- any(table(e$stratum) < 2)
  srs <- svydesign(ids = ~1, fpc = ~Nunit, data = e)
  strat <- svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = e)
  compare(unit, "srs_nofpc", svydesign(ids = ~1, weights = ~one, data = e), w, 25, n - 1)
  r <- compare(unit, "srs_fpc", srs, w, 25, n - 1)
  h <- compare(unit, "strat_fpc", strat, w, 25, n - strata, alone)
  if (alone) h[2] <- NA
  complete <- e[!is.na(e$full), ]
  if (nrow(complete) > 1) {
    m <- svymean(~full, svydesign(ids = ~1, fpc = ~Nunit, data = complete))
    put_estimate(unit, "CC_dropped_srs_fpc", coef(m), SE(m), nrow(complete) - 1)
  }
  units[[unit]] <- list(city = e$city[1], N = e$Nunit[1], srs = r, strat = h, df = c(n - 1, n - strata))
}
for (city in unique(d$city)) {
  e <- d[d$city == city, ]
  strat <- svydesign(ids = ~1, strata = ~cell, fpc = ~N, data = e)
  r <- ratio_of_sums(strat, w, 25)
  put_estimate(city, "city_pop_combined_strat", r[1], r[2], degf(strat))
  by_unit <- svydesign(ids = ~1, strata = ~unit, fpc = ~Nunit, data = e)
  r <- ratio_of_sums(by_unit, w, 25)
  put_estimate(city, "city_pop_combined_unit", r[1], r[2], degf(by_unit))
  options(survey.lonely.psu = "adjust")
  put(city, "city_pop_combined_strat_se_lonely_adjust", ratio_of_sums(strat, w, 25)[2])
  options(survey.lonely.psu = "remove")
  r <- ratio_of_sums(svydesign(ids = ~1, weights = ~one, data = e), w, 25)
  put_estimate(city, "city_pooled_raw", r[1], r[2], nrow(e) - 1)
  own <- Filter(function(u) u$city == city, units)
  for (kind in c("strat", "srs")) {
    est <- sapply(own, function(u) u[[kind]][1]); se <- sapply(own, function(u) u[[kind]][2])
    df <- sapply(own, function(u) u$df[if (kind == "srs") 1 else 2])
    use <- is.finite(est); se[!is.finite(se)] <- 0
    for (name in c("mean_of_units", "popweighted_units")) {
      a <- if (name == "mean_of_units") rep(1, length(own)) else sapply(own, function(u) u$N)
      a <- a[use] / sum(a[use]); v <- (a * se[use])^2
      label <- paste("city", name, kind, sep = "_")
      put_estimate(city, label, sum(a * est[use]), sqrt(sum(v)), sum(df[use]))
      put(city, paste0(label, "_df_satterthwaite"), sum(v)^2 / sum(ifelse(df[use] > 0, v^2 / df[use], 0)))
      put(city, paste0(label, "_units_used"), sum(use))
    }
  }
}
save_rows("expected.csv")

# ---- other scales, unequal weights, clusters ---------------------------------------
d <- from("samples.csv")
kinds <- read.csv(file.path(where[1], "instruments.csv"))
ratio <- function(text) sapply(strsplit(text, " ")[[1]], function(part) eval(parse(text = part)))
all <- NULL
for (name in kinds$sample) {
  kind <- kinds[kinds$sample == name, ]
  w <- ratio(kind$weights); k <- length(w); factor <- 100 / kind$highest
  e <- prepare(d[d$sample == name, ], paste0("u", 1:k), w, factor)
  e$Nall <- sum(unique(e[c("stratum", "N")])$N)
  e$p <- e$N / ave(e$one, e$stratum, FUN = sum)
  # Who is not known to be of a cluster is one of his own.
  e$id <- ifelse(e$cluster == "", paste0("own", seq_len(nrow(e))), e$cluster)
  n <- nrow(e); strata <- length(unique(e$stratum))
  compare(name, "srs_nofpc", svydesign(ids = ~1, weights = ~one, data = e), w, factor, n - 1)
  compare(name, "srs_fpc", svydesign(ids = ~1, fpc = ~Nall, data = e), w, factor, n - 1)
  compare(name, "strat_fpc", svydesign(ids = ~1, strata = ~stratum, fpc = ~N, data = e), w, factor, n - strata)
  nested <- svydesign(id = ~id, strata = ~stratum, weights = ~p, data = e, nest = TRUE)
  for (lonely in c("remove", "adjust")) {
    options(survey.lonely.psu = lonely)
    compare(name, paste0("clustered_", lonely), nested, w, factor, degf(nested))
  }
  options(survey.lonely.psu = "remove")
  if (strata == 1) {
    flat <- svydesign(id = ~id, weights = ~one, data = e)
    r <- ratio_of_sums(flat, w, factor)
    put_estimate(name, "RS_clustered_flat", r[1], r[2], degf(flat))
  }
  for (j in 1:k) {
    m <- svyratio(as.formula(paste0("~y", j)), as.formula(paste0("~d", j)), nested)
    put(name, paste0("nrr_u", j), coef(m)); put(name, paste0("nrr_u", j, "_se"), SE(m))
  }
  e$cell <- paste(name, e$stratum); e$group <- paste(e$cell, e$id)
  all <- rbind(all, e[c("cell", "group", "own")])
}
# Correlation within clusters from R's own analysis of variance, nested in strata.
correlation <- function(label, e) {
  table <- if (length(unique(e$cell)) > 1) anova(lm(own ~ cell + group, e)) else anova(lm(own ~ group, e))
  between <- table["group", "Mean Sq"]; within <- table["Residuals", "Mean Sq"]
  size <- sum(sapply(split(e, e$cell), function(s) nrow(s) - sum(table(s$group)^2) / nrow(s))) / table["group", "Df"]
  put(label, "icc_df_between", table["group", "Df"]); put(label, "icc_df_within", table["Residuals", "Df"])
  put(label, "icc", (between - within) / (between + (size - 1) * within))
}
for (name in kinds$sample) correlation(name, all[sub(" .*", "", all$cell) == name, ])
correlation("pooled", all)
save_rows("expected_samples.csv")

# ---- the package's own schools -----------------------------------------------------
data(api)
designs <- list(
  srs = svydesign(ids = ~1, fpc = ~fpc, data = apisrs),
  strat = svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat))
for (name in names(designs)) {
  x <- designs[[name]]; df <- degf(x)
  m <- svymean(~api00, x, deff = TRUE); put_estimate(name, "mean_api00", coef(m), SE(m), df)
  put(name, "deff_api00", deff(m))
  total <- svytotal(~enroll, x); put(name, "total_enroll", coef(total)); put(name, "total_enroll_se", SE(total))
  r <- svyratio(~api.stu, ~enroll, x); put(name, "ratio", coef(r)); put(name, "ratio_se", SE(r))
}
save_rows("expected_api.csv")
versions <- data.frame(what = c("R", "survey"), version = c(as.character(getRversion()), as.character(packageVersion("survey"))))
write.csv(versions, file.path(where[2], "versions.csv"), row.names = FALSE, quote = FALSE)
