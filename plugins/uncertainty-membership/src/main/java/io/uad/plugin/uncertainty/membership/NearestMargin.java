package io.uad.plugin.uncertainty.membership;

/** {@code (d_2 - d_1) / d_2}, d_1 to the own and d_2 to the nearest other centroid; 0 where that is no farther. */
record NearestMargin() implements Certainty {
    @Override
    public double of(double[] squared, int own) {
        var nearestOther = Double.POSITIVE_INFINITY;
        for (var k = 0; k < squared.length; k++) {
            if (k != own) {
                nearestOther = Math.min(nearestOther, squared[k]);
            }
        }
        return nearestOther <= squared[own] ? 0 : 1 - Math.sqrt(squared[own] / nearestOther);
    }
}
