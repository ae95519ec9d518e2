package io.uad.plugin.clustering.smile;

/**
 * How near two rows are on the plane, {@code 1 / (1 + a d^(2b))} of their distance d.
 *
 * @param a above 0
 * @param b above 0
 */
record NearnessCurve(double a, double b) {
    private static final int POINTS = 300;
    private static final double LARGEST_DISTANCE = 3;
    private static final int STEPS = 200;
    private static final double ENOUGH = 1e-12; // of a step, in log a and log b

    /**
     * The curve nearest to the one that is 1 up to the minimum distance and falls by {@code exp(minimum - d)} from
     * there: least squares at even distances, by the steps of Levenberg (1944) and Marquardt (1963).
     */
    static NearnessCurve of(double minimumDistance) {
        var curve = new NearnessCurve(1, 1);
        var damping = 1e-3;
        var error = curve.step(minimumDistance, damping)[2];
        for (var i = 0; i < STEPS; i++) {
            var step = curve.step(minimumDistance, damping);
            var next = new NearnessCurve(curve.a * StrictMath.exp(step[0]), curve.b * StrictMath.exp(step[1]));
            var nextError = next.step(minimumDistance, damping)[2];
            if (nextError <= error) {
                curve = next;
                error = nextError;
                damping /= 10;
                if (Math.abs(step[0]) + Math.abs(step[1]) < ENOUGH) {
                    break;
                }
            } else {
                damping *= 10;
            }
        }
        return curve;
    }

    /** What to add to log a and to log b, and the squared error of this curve. */
    private double[] step(double minimumDistance, double damping) {
        double aa = 0, ab = 0, bb = 0, towardsA = 0, towardsB = 0, error = 0;
        for (var i = 1; i < POINTS; i++) {
            var d = LARGEST_DISTANCE * i / (POINTS - 1);
            var power = a * StrictMath.pow(d, 2 * b);
            var value = 1 / (1 + power);
            var residual = (d < minimumDistance ? 1 : StrictMath.exp(minimumDistance - d)) - value;
            var byA = -power * value * value;
            var byB = byA * 2 * b * StrictMath.log(d);
            aa += byA * byA;
            ab += byA * byB;
            bb += byB * byB;
            towardsA += byA * residual;
            towardsB += byB * residual;
            error += residual * residual;
        }
        aa *= 1 + damping;
        bb *= 1 + damping;
        var determinant = aa * bb - ab * ab;
        return new double[] {
            (bb * towardsA - ab * towardsB) / determinant, (aa * towardsB - ab * towardsA) / determinant, error
        };
    }
}
