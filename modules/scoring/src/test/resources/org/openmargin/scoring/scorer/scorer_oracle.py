# The numbers of ScorerOracle.java, from numpy 2, scipy 1 and scikit-learn 1: python scorer_oracle.py
# Independent of the product's code; where there are two ways (kNN, the Weibull fit), both are used.
import numpy as np
from scipy import stats, special, optimize
from sklearn.covariance import EmpiricalCovariance
from sklearn.neighbors import NearestNeighbors
rng = np.random.default_rng(7)
y = np.repeat([0, 1, 2], 6)
X = np.round(np.maximum(rng.normal(size=(18, 4)) + 2 * np.eye(4)[y], 0), 2).astype(np.float32)
W = np.round(.8 * np.eye(3, 4) + .5 * rng.normal(size=(3, 4)), 2); b = np.round(rng.normal(size=3), 2)
Q = np.round(rng.normal(size=(5, 4)) * 1.5 + .5, 2).astype(np.float32)
np.set_printoptions(suppress=True, precision=17)
def J(a): return '{' + ', '.join(J(r) if np.ndim(r) else repr(float(r)) if np.asarray(a).dtype==np.float64 else f'{np.float32(r)!s}f' for r in a) + '}'
print('X',J(X)); print('W',J(W)); print('b',J(b)); print('Q',J(Q))
X = X.astype(float); Q = Q.astype(float)
Z = np.float32(X @ W.T + b); ZQ = np.float32(Q @ W.T + b)
print('Z',J(Z));print('ZQ',J(ZQ))
Z = Z.astype(float); ZQ = ZQ.astype(float)
p = special.softmax(ZQ, 1)
print('entropy', J(stats.entropy(p, axis=1)))
print('odin', J(-np.log(special.softmax(ZQ / 1000, 1).max(1))))
s = np.sort(p, 1)[:, ::-1]
print('gen', J((s**.1 * (1 - s)**.1).sum(1)), 'top2', J((s[:, :2]**.5 * (1 - s[:, :2])**.5).sum(1)))
mu = np.stack([X[y == c].mean(0) for c in range(3)])
print('proto', J(np.linalg.norm(Q[:, None] - mu, axis=2).min(1)))
r = lambda S: S + 1e-6 * np.trace(S) / 4 * np.eye(4)
S = r(EmpiricalCovariance(assume_centered=True).fit(X - mu[y]).covariance_)
D = lambda A, m, S: np.einsum('ni,ij,nj->n', A - m, np.linalg.inv(S), A - m)
M = np.stack([D(Q, m, S) for m in mu], 1)
print('maha', J(M.min(1)))
S0 = r(EmpiricalCovariance().fit(X).covariance_)
print('rmd', J((M - D(Q, X.mean(0), S0)[:, None]).min(1)))
def gaussians(a, ridge):
    own = [np.cov(X[y == c].T, bias=True) for c in range(3)]
    blend = [(1 - a) * S + a * np.mean(own, 0) for S in own]
    density = sum((y == c).mean() * stats.multivariate_normal(mu[c], B + ridge * np.trace(B) / 4 * np.eye(4)).pdf(Q) for c, B in enumerate(blend))
    return -np.log(density) - 2 * np.log(2 * np.pi)
print('gaussian', J(gaussians(.5, .01)), J(gaussians(0, .1)))
n = lambda A: A / np.linalg.norm(A, axis=1, keepdims=True)
for k in (1, 3, 18):
    d = NearestNeighbors(n_neighbors=k, algorithm='brute').fit(n(X)).kneighbors(n(Q))[0][:, k - 1]
    print('knn', k, J(d**2 / 2 - 1), J(-np.sort(n(Q) @ n(X).T, 1)[:, -k]))
def nnguide(k, rows):
    guided = special.logsumexp(Z, axis=1)[rows, None] * n(X)[rows]
    nearest = np.stack([[np.dot(g, q) for g in guided] for q in n(Q)])
    return -special.logsumexp(ZQ, axis=1) * np.sort(nearest, 1)[:, -k:].mean(1)
print('nnguide', J(nnguide(1, range(18))), J(nnguide(10, range(18))), 'half', J(nnguide(3, range(0, 18, 2))))
def vim(F, G, W, b, Dm):
    u = -np.linalg.pinv(W) @ b
    ec = EmpiricalCovariance(assume_centered=True).fit(F - u)
    e, v = np.linalg.eig(ec.covariance_)
    NS = v.T[np.argsort(e * -1)[Dm:]].T
    vl = np.linalg.norm((F - u) @ NS, axis=-1)
    alpha = Z_.max(axis=-1).mean() / vl.mean()
    return alpha, np.linalg.norm((G - u) @ NS, axis=-1) * alpha - special.logsumexp(ZG_, axis=-1)
Z_, ZG_ = Z, ZQ
print('vim2', vim(X, Q, W, b, 2)[0], J(vim(X, Q, W, b, 2)[1])); print('vim3', J(vim(X, Q, W, b, 3)[1]))
Wc = 16 * n(W); Z_, ZG_ = np.float32(n(X) @ Wc.T), np.float32(n(Q) @ Wc.T)
print('ZC', J(Z_)); print('ZCQ', J(ZG_))
Z_, ZG_ = Z_.astype(float), ZG_.astype(float)
print('Wc', J(Wc)); print('vimcos', J(vim(n(X), n(Q), Wc, np.zeros(3), 2)[1]))
c = np.quantile(X, .9); print('c', c)
print('react', J(-special.logsumexp(np.minimum(Q, c) @ W.T + b, axis=1)))
print('react T2 .5', J(-2 * special.logsumexp((np.minimum(Q, np.quantile(X, .5)) @ W.T + b) / 2, axis=1)))
print('reactcos', J(-special.logsumexp(n(np.minimum(Q, c)) @ Wc.T, axis=1)))
def weib(x, eta):
    t = np.sort(x)[-eta:]; sh = t[0] - 1; t = t - sh
    f = lambda k: (t**k * np.log(t)).sum() / (t**k).sum() - 1 / k - np.log(t).mean()
    k = optimize.brentq(f, 1e-2, 80, xtol=1e-14, rtol=1e-14); lam = (t**k).mean() ** (1 / k)
    nll = lambda q: -stats.weibull_min.logpdf(t, np.exp(q[0]), scale=np.exp(q[1])).sum()
    m = optimize.minimize(nll, [0, 0], method='Nelder-Mead', options=dict(xatol=1e-12, fatol=1e-14, maxiter=10000))
    assert np.allclose(np.exp(m.x), [k, lam], rtol=1e-5), (np.exp(m.x), k, lam)
    return k, lam, sh
ok = Z.argmax(1) == y; print('correct', ok.astype(int))
def openmax(eta, A):
    mav, tails = [], []
    for cc in range(3):
        sel = (y == cc) & ok
        if not sel.any(): sel = y == cc
        m = Z[sel].mean(0); mav.append(m); tails.append(weib(np.linalg.norm(Z[sel] - m, axis=1), eta))
    out = []
    for z in ZQ:
        order = z.argsort()[::-1]; v = z.copy(); u = 0
        for i in range(A):
            cc = order[i]; k, lam, sh = tails[cc]
            w = (A - i) / A * stats.weibull_min.cdf(np.linalg.norm(z - mav[cc]), k, loc=sh, scale=lam)
            u += z[cc] * w; v[cc] = z[cc] * (1 - w)
        pr = special.softmax(np.append(v, u)); out.append(np.log(pr[3] / (1 - pr[3])))
    return tails, np.array(out)
for eta, A in ((3, 3), (20, 2)):
    t, o = openmax(eta, A); print('openmax', eta, A, t, J(o))
x = np.array([.3, 1.7, .9, 2.4, 3.1, 1.1, .2, 2.6]); print('weib', weib(x, 5), weib(x, 99))
