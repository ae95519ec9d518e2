package io.uad.cli.quickstart;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Outlines about the origin, all of about the same area, so that size does not tell them apart. */
enum Figure {
    DISC {
        @Override
        Shape outline() {
            return new Ellipse2D.Double(-0.8, -0.8, 1.6, 1.6);
        }
    },
    SQUARE {
        @Override
        Shape outline() {
            return new Rectangle2D.Double(-0.71, -0.71, 1.42, 1.42);
        }
    },
    TRIANGLE {
        @Override
        Shape outline() {
            return polygon(3, 1.25, 1.25);
        }
    },
    STAR {
        @Override
        Shape outline() {
            return polygon(10, 1.25, 0.55);
        }
    },
    CROSS {
        @Override
        Shape outline() {
            var cross = new Area(new Rectangle2D.Double(-1.0, -0.3, 2.0, 0.6));
            cross.add(new Area(new Rectangle2D.Double(-0.3, -1.0, 0.6, 2.0)));
            return cross;
        }
    };

    abstract Shape outline();

    /** Corners on a circle, every other one nearer to the centre. */
    private static Shape polygon(int corners, double outer, double inner) {
        var path = new Path2D.Double();
        for (var i = 0; i < corners; i++) {
            var radius = i % 2 == 0 ? outer : inner;
            var angle = 2 * Math.PI * i / corners;
            var x = radius * StrictMath.sin(angle);
            var y = radius * StrictMath.cos(angle);
            if (i == 0) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        path.closePath();
        return path;
    }
}
