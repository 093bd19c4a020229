"""Baodao 报到: one Django project for the community-service scheme 双报到、双报告、双服务."""

__version__ = "0.1.0"
