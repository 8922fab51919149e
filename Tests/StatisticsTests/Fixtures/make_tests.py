"""Writes tests.json: figures of scikit-learn, lifelines and scipy for the tests of Statistics.

Run with numpy, scipy, scikit-learn, lifelines and pandas installed: python make_tests.py
"""
import json
import pathlib

import lifelines
import lifelines.datasets
import numpy as np
import pandas as pd
import scipy
import scipy.stats
import sklearn
import sklearn.metrics as metrics
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test


def classification(seed, count, digits):
    random = np.random.default_rng(seed)
    label = random.integers(0, 2, count)
    score = random.normal(0.6 * label, 1).round(digits)
    predicted = score > 0
    probability = 1 / (1 + np.exp(-score))
    false, true, _ = metrics.roc_curve(label, score, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(label, score)
    return dict(
        label=label.tolist(), score=score.tolist(),
        auroc=metrics.roc_auc_score(label, score), auprc=metrics.average_precision_score(label, score),
        accuracy=metrics.accuracy_score(label, predicted), precision=metrics.precision_score(label, predicted),
        recall=metrics.recall_score(label, predicted), f1=metrics.f1_score(label, predicted),
        mcc=metrics.matthews_corrcoef(label, predicted), brier=metrics.brier_score_loss(label, probability),
        false_positive_rate=false.tolist(), true_positive_rate=true.tolist(),
        curve_precision=precision[::-1].tolist(), curve_recall=recall[::-1].tolist())


def survival(name, time, event, group, other, stratum):
    frame = pd.DataFrame(dict(time=time, event=event, group=group, other=other, stratum=stratum)).astype(float)
    one, two = frame[frame.group == 1], frame[frame.group == 0]
    test = logrank_test(one.time, two.time, one.event, two.event)
    precise = dict(fit_options=dict(precision=1e-12, r_precision=1e-15))

    def cox(columns, **more):
        fit = CoxPHFitter().fit(frame[["time", "event"] + columns], "time", "event", **precise, **more)
        names = [name for name in columns if name != "stratum"]
        return dict(
            coefficients=[float(fit.params_[name]) for name in names],
            errors=[float(fit.standard_errors_[name]) for name in names],
            p=[float(fit.summary["p"][name]) for name in names],
            lower=[float(fit.summary["exp(coef) lower 95%"][name]) for name in names],
            upper=[float(fit.summary["exp(coef) upper 95%"][name]) for name in names],
            log_likelihood=float(fit.log_likelihood_))

    curve = KaplanMeierFitter().fit(one.time, one.event)
    limits = curve.confidence_interval_
    median = curve.median_survival_time_
    return dict(
        name=name, time=frame.time.tolist(), event=frame.event.astype(int).tolist(),
        group=frame.group.astype(int).tolist(), other=frame.other.tolist(), stratum=frame.stratum.astype(int).tolist(),
        logrank=float(test.test_statistic), logrank_p=float(test.p_value),
        cox=cox(["group"]), two=cox(["group", "other"]), stratified=cox(["group", "stratum"], strata=["stratum"]),
        times=curve.timeline.tolist(), survival=curve.survival_function_.iloc[:, 0].tolist(),
        lower=limits.iloc[:, 0].tolist(), upper=limits.iloc[:, 1].tolist(),
        at_risk=curve.event_table.at_risk.astype(int).tolist(),
        median=float(median) if np.isfinite(median) else None)


def groups(seed, m, n, digits):
    random = np.random.default_rng(seed)
    a, b = random.normal(0.5, 1.5, m).round(digits), random.normal(0, 1, n).round(digits)
    u = scipy.stats.mannwhitneyu(a, b)
    welch, student = scipy.stats.ttest_ind(a, b, equal_var=False), scipy.stats.ttest_ind(a, b)
    return dict(
        a=a.tolist(), b=b.tolist(), u=float(u.statistic), u_p=float(u.pvalue), welch=float(welch.statistic),
        welch_df=float(welch.df), welch_p=float(welch.pvalue), student=float(student.statistic),
        student_p=float(student.pvalue))


lung = lifelines.datasets.load_lung().dropna(subset=["ph.ecog"])
waltons = lifelines.datasets.load_waltons()
random = np.random.default_rng(5)
document = dict(
    made_with=dict(sklearn=sklearn.__version__, lifelines=lifelines.__version__, scipy=scipy.__version__),
    classification=[classification(1, 60, 4), classification(2, 80, 0), classification(3, 11, 1)],
    survival=[
        survival("lung", lung["time"], lung["status"], lung["sex"] == 1, lung["age"], lung["ph.ecog"].clip(0, 2)),
        survival(
            "waltons", waltons["T"], waltons["E"], waltons["group"] == "miR-137",
            random.normal(0, 1, len(waltons)).round(3), random.integers(0, 3, len(waltons)))],
    groups=[
        groups(1, 5, 7, 6), groups(2, 8, 40, 6), groups(3, 6, 9, 0), groups(4, 20, 30, 6), groups(5, 25, 12, 1),
        groups(6, 1, 4, 6), groups(7, 300, 2, 6)],
    beta=[
        dict(x=x, a=a, b=b, value=float(scipy.stats.beta.cdf(x, a, b)))
        for x in (1e-6, 0.01, 0.3, 0.5, 0.77, 0.999) for a, b in ((0.5, 0.5), (2, 3), (10, 0.5), (500, 0.5), (40, 60))],
    student=[
        dict(t=t, degrees=degrees, p=float(2 * scipy.stats.t.sf(abs(t), degrees)))
        for t in (0.0, 1e-5, -0.7, 2.0, 6.5, 40.0) for degrees in (1, 2.5, 30, 1000, 250000)],
    chi=[dict(statistic=x, p=float(scipy.stats.chi2.sf(x, 1))) for x in (0, 1e-8, 0.5, 3.84, 50, 400)],
    discovery=dict(p=(p := [0.01, 0.8, 0.02, 0.02, 0.3, 0.049, 1.0]),
                   q=scipy.stats.false_discovery_control(p).tolist()))
document["groups"] = [g if len(g["a"]) > 1 else {k: (None if isinstance(v, float) and np.isnan(v) else v)
                                                for k, v in g.items()} for g in document["groups"]]
path = pathlib.Path(__file__).with_name("tests.json")
path.write_text(json.dumps(document) + "\n")
