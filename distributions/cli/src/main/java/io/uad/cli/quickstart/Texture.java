package io.uad.cli.quickstart;

/** Patterns of two colours. Lengths are in periods. */
enum Texture {
    STRIPES {
        @Override
        double wave(double u, double v) {
            return sine(u);
        }
    },
    CHECKER {
        @Override
        double wave(double u, double v) {
            return sine(u / 2) * sine(v / 2) * 2;
        }
    },
    DOTS {
        @Override
        double wave(double u, double v) {
            return 0.7 * (sine(u / 1.3) + sine(v / 1.3) - 0.75);
        }
    },
    RINGS {
        @Override
        double wave(double u, double v) {
            return sine(Math.sqrt(u * u + v * v));
        }
    },
    ZIGZAG {
        @Override
        double wave(double u, double v) {
            return sine(u + 1.2 * Math.abs(v / 2 - Math.rint(v / 2)));
        }
    },
    GRID {
        @Override
        double wave(double u, double v) {
            return Math.max(line(u), line(v));
        }
    },
    BRICKS {
        @Override
        double wave(double u, double v) {
            return Math.max(line(v), line(u / 2 + Math.floor(v) / 2));
        }
    },
    WAVES {
        @Override
        double wave(double u, double v) {
            return sine(u + 0.5 * sine(v / 3));
        }
    },
    SPOKES {
        @Override
        double wave(double u, double v) {
            return sine(5 * StrictMath.atan2(v, u) / Math.PI);
        }
    },
    DASHES {
        @Override
        double wave(double u, double v) {
            return Math.min(sine(u / 1.2), sine(v / 3) + 0.4);
        }
    };

    private static final double EDGE = 3; // how steep the step between the colours is

    /** The share of the second colour at a point, 0 to 1. */
    double share(double u, double v) {
        return 0.5 + 0.5 * StrictMath.tanh(EDGE * wave(u, v));
    }

    abstract double wave(double u, double v);

    /** Above 0 near whole numbers. */
    private static double line(double periods) {
        return StrictMath.cos(2 * Math.PI * (periods - Math.rint(periods))) - 0.55;
    }

    private static double sine(double periods) {
        return StrictMath.sin(2 * Math.PI * periods);
    }
}
