"""The sandbox's sample data: stores, products, stock levels and orders."""
